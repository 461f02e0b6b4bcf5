import { empty, many, one, theActions } from '../envelope.ts'
import { byId, bySelector, choice, listing, plain, type BodyFields } from '../fields.ts'
import { act, actionReads, group, listOf, single } from './group.ts'

/** The servers a list of targets names, one by one or by their labels. */
const serversIn = (list: string): BodyFields => ({
  [`${list}[].type`]: choice('server', 'label_selector'),
  [`${list}[].server.id`]: byId('server', 'servers:configure'),
  [`${list}[].label_selector.selector`]: bySelector('server', 'servers:configure'),
})

export const firewalls = group({
  'GET /firewalls': {
    permission: 'firewalls:read',
    query: listing('sort', 'name', 'label_selector'),
    answer: listOf('firewalls', 'firewall'),
  },
  'POST /firewalls': {
    permission: 'firewalls:manage',
    creates: 'firewall',
    repeat: 'named',
    body: { ...plain('name', 'labels', 'rules'), ...serversIn('apply_to') },
    answer: { firewall: one('firewall'), actions: many('action') },
  },
  'GET /firewalls/{id}': { permission: 'firewalls:read', answer: single('firewall') },
  'PUT /firewalls/{id}': { permission: 'firewalls:manage', body: plain('name', 'labels'), answer: single('firewall') },
  'DELETE /firewalls/{id}': { permission: 'firewalls:delete', answer: empty },
  'POST /firewalls/{id}/actions/set_rules': act('firewalls:manage', { body: plain('rules'), answer: theActions }),
  'POST /firewalls/{id}/actions/apply_to_resources': act('firewalls:manage', {
    body: serversIn('apply_to'),
    answer: theActions,
  }),
  'POST /firewalls/{id}/actions/remove_from_resources': act('firewalls:manage', {
    body: serversIn('remove_from'),
    answer: theActions,
  }),
  ...actionReads('firewalls', 'firewalls:read'),
})
