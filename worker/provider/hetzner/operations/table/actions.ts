import { theAction, theActions } from '../envelope.ts'
import { byId } from '../fields.ts'
import { group } from './group.ts'

/** Actions of any kind, which every tool polls. */
export const actions = group({
  'GET /actions': {
    permission: 'servers:read',
    anyReader: true,
    query: { id: byId('action', 'servers:read') },
    answer: theActions,
    mirror: 'actions',
  },
  'GET /actions/{id}': { permission: 'servers:read', anyReader: true, answer: theAction, mirror: 'actions' },
})
