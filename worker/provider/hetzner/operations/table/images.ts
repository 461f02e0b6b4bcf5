import { empty } from '../envelope.ts'
import { byId, choice, listing, plain } from '../fields.ts'
import { act, actionReads, group, listOf, single } from './group.ts'

export const images = group({
  'GET /images': {
    permission: 'images:read',
    query: {
      ...listing('sort', 'type', 'status', 'include_deprecated', 'name', 'label_selector', 'architecture'),
      bound_to: byId('server', 'servers:read'),
    },
    answer: listOf('images', 'image'),
  },
  'GET /images/{id}': { permission: 'images:read', answer: single('image') },
  'PUT /images/{id}': {
    permission: 'images:manage',
    body: { ...plain('description', 'labels'), type: choice('snapshot') },
    answer: single('image'),
  },
  'DELETE /images/{id}': { permission: 'images:delete', answer: empty },
  'POST /images/{id}/actions/change_protection': act('images:manage', { body: plain('delete') }),
  ...actionReads('images', 'images:read'),
})
