import { empty } from '../envelope.ts'
import { byDomain, listing, plain, secret } from '../fields.ts'
import { act, actionReads, group, listOf, single, withAction } from './group.ts'

export const certificates = group({
  'GET /certificates': {
    permission: 'certificates:read',
    query: listing('sort', 'name', 'label_selector', 'type'),
    answer: listOf('certificates', 'certificate'),
  },
  'POST /certificates': {
    permission: 'certificates:manage',
    creates: 'certificate',
    repeat: 'named',
    body: {
      ...plain('name', 'labels', 'type', 'certificate'),
      // A managed one is proven by records that the provider puts into these names' zones.
      'domain_names[]': byDomain('zone', 'zones:manage'),
      private_key: secret,
    },
    answer: withAction('certificate'),
  },
  'GET /certificates/{id}': { permission: 'certificates:read', answer: single('certificate') },
  'PUT /certificates/{id}': {
    permission: 'certificates:manage',
    body: plain('name', 'labels'),
    answer: single('certificate'),
  },
  'DELETE /certificates/{id}': { permission: 'certificates:delete', answer: empty },
  'POST /certificates/{id}/actions/retry': act('certificates:manage', { repeat: 'twice' }),
  ...actionReads('certificates', 'certificates:read'),
})
