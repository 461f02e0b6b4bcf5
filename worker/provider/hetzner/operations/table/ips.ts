import { empty } from '../envelope.ts'
import { byId, byIdOrName, choice, listing, plain } from '../fields.ts'
import { act, actionReads, group, listOf, single, withAction } from './group.ts'

const server = byId('server', 'servers:configure')
const assignee = { assignee_type: choice('server'), assignee_id: server }

export const ips = group({
  'GET /primary_ips': {
    permission: 'ips:read',
    query: listing('name', 'label_selector', 'ip', 'sort'),
    answer: listOf('primary_ips', 'primary_ip'),
  },
  'POST /primary_ips': {
    permission: 'ips:manage',
    creates: 'primary_ip',
    repeat: 'named',
    lock: 'body.assignee_id',
    body: {
      ...plain('name', 'labels', 'type', 'auto_delete'),
      location: byIdOrName('location', 'ips:manage'),
      ...assignee,
    },
    answer: withAction('primary_ip'),
  },
  'GET /primary_ips/{id}': { permission: 'ips:read', answer: single('primary_ip') },
  'PUT /primary_ips/{id}': {
    permission: 'ips:manage',
    body: plain('name', 'labels', 'auto_delete'),
    answer: single('primary_ip'),
  },
  'DELETE /primary_ips/{id}': { permission: 'ips:delete', answer: empty },
  'POST /primary_ips/{id}/actions/assign': act('ips:manage', { lock: 'body.assignee_id', body: assignee }),
  'POST /primary_ips/{id}/actions/unassign': act('ips:manage', { lock: 'holder' }),
  'POST /primary_ips/{id}/actions/change_dns_ptr': act('ips:manage', { body: plain('ip', 'dns_ptr') }),
  'POST /primary_ips/{id}/actions/change_protection': act('ips:manage', { body: plain('delete') }),
  ...actionReads('primary_ips', 'ips:read'),

  'GET /floating_ips': {
    permission: 'ips:read',
    query: listing('name', 'label_selector', 'sort'),
    answer: listOf('floating_ips', 'floating_ip'),
  },
  'POST /floating_ips': {
    permission: 'ips:manage',
    creates: 'floating_ip',
    // The name may be left out.
    repeat: 'twice',
    lock: 'body.server',
    body: {
      ...plain('type', 'description', 'name', 'labels'),
      home_location: byIdOrName('location', 'ips:manage'),
      server,
    },
    answer: withAction('floating_ip'),
  },
  'GET /floating_ips/{id}': { permission: 'ips:read', answer: single('floating_ip') },
  'PUT /floating_ips/{id}': {
    permission: 'ips:manage',
    body: plain('description', 'name', 'labels'),
    answer: single('floating_ip'),
  },
  'DELETE /floating_ips/{id}': { permission: 'ips:delete', answer: empty },
  'POST /floating_ips/{id}/actions/assign': act('ips:manage', { lock: 'body.server', body: { server } }),
  'POST /floating_ips/{id}/actions/unassign': act('ips:manage', { lock: 'holder' }),
  'POST /floating_ips/{id}/actions/change_dns_ptr': act('ips:manage', { body: plain('ip', 'dns_ptr') }),
  'POST /floating_ips/{id}/actions/change_protection': act('ips:manage', { body: plain('delete') }),
  ...actionReads('floating_ips', 'ips:read'),
})
