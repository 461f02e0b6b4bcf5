import { empty, many, one } from '../envelope.ts'
import { byId, byIdOrName, listing, plain } from '../fields.ts'
import { act, actionReads, group, listOf, single } from './group.ts'

const server = byId('server', 'servers:configure')

export const volumes = group({
  'GET /volumes': {
    permission: 'volumes:read',
    query: listing('status', 'sort', 'name', 'label_selector'),
    answer: listOf('volumes', 'volume'),
  },
  'POST /volumes': {
    permission: 'volumes:manage',
    creates: 'volume',
    repeat: 'named',
    lock: 'body.server',
    body: {
      ...plain('size', 'name', 'labels', 'automount', 'format'),
      location: byIdOrName('location', 'volumes:manage'),
      server,
    },
    answer: { volume: one('volume'), action: one('action'), next_actions: many('action') },
  },
  'GET /volumes/{id}': { permission: 'volumes:read', answer: single('volume') },
  'PUT /volumes/{id}': { permission: 'volumes:manage', body: plain('name', 'labels'), answer: single('volume') },
  'DELETE /volumes/{id}': { permission: 'volumes:delete', answer: empty },
  'POST /volumes/{id}/actions/attach': act('volumes:manage', {
    lock: 'body.server',
    body: { server, ...plain('automount') },
  }),
  'POST /volumes/{id}/actions/detach': act('volumes:manage', { lock: 'holder' }),
  'POST /volumes/{id}/actions/resize': act('volumes:manage', { body: plain('size') }),
  'POST /volumes/{id}/actions/change_protection': act('volumes:manage', { body: plain('delete') }),
  ...actionReads('volumes', 'volumes:read'),
})
