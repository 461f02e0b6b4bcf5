import { empty } from '../envelope.ts'
import { listing, plain } from '../fields.ts'
import { group, listOf, single, withAction } from './group.ts'

export const placementGroups = group({
  'GET /placement_groups': {
    permission: 'placement-groups:read',
    query: listing('sort', 'name', 'label_selector', 'type'),
    answer: listOf('placement_groups', 'placement_group'),
  },
  'POST /placement_groups': {
    permission: 'placement-groups:manage',
    creates: 'placement_group',
    repeat: 'named',
    body: plain('name', 'labels', 'type'),
    answer: withAction('placement_group'),
  },
  'GET /placement_groups/{id}': { permission: 'placement-groups:read', answer: single('placement_group') },
  'PUT /placement_groups/{id}': {
    permission: 'placement-groups:manage',
    body: plain('name', 'labels'),
    answer: single('placement_group'),
  },
  'DELETE /placement_groups/{id}': { permission: 'placement-groups:delete', answer: empty },
})
