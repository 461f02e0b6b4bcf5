import { empty, many, paging } from '../envelope.ts'
import { byId, listing, plain } from '../fields.ts'
import { act, actionReads, group, listOf, single } from './group.ts'

/** What joins the dedicated servers of the same customer, who are outside the project. */
const vswitch = byId('dedicated_server', 'networks:manage')
const manage = (...fields: string[]) => act('networks:manage', { body: plain(...fields) })

export const networks = group({
  'GET /networks': {
    permission: 'networks:read',
    query: listing('sort', 'name', 'label_selector'),
    answer: listOf('networks', 'network'),
  },
  'POST /networks': {
    permission: 'networks:manage',
    creates: 'network',
    repeat: 'named',
    body: {
      ...plain('name', 'ip_range', 'labels', 'expose_routes_to_vswitch', 'routes[].destination', 'routes[].gateway'),
      ...plain('subnets[].type', 'subnets[].ip_range', 'subnets[].network_zone'),
      'subnets[].vswitch_id': vswitch,
    },
    answer: single('network'),
  },
  'GET /networks/{id}': { permission: 'networks:read', answer: single('network') },
  'PUT /networks/{id}': {
    permission: 'networks:manage',
    body: plain('name', 'labels', 'expose_routes_to_vswitch'),
    answer: single('network'),
  },
  'DELETE /networks/{id}': { permission: 'networks:delete', answer: empty },
  'GET /networks/{id}/members': {
    permission: 'networks:read',
    query: listing('type', 'subnet', 'status', 'sort'),
    answer: { members: many('member'), meta: paging },
    edition: '2026-09-15',
  },
  'POST /networks/{id}/actions/add_route': manage('destination', 'gateway'),
  'POST /networks/{id}/actions/delete_route': manage('destination', 'gateway'),
  // Without a range, each one takes the next that is free.
  'POST /networks/{id}/actions/add_subnet': {
    ...act('networks:manage', { body: { ...plain('type', 'ip_range', 'network_zone'), vswitch_id: vswitch } }),
    repeat: 'twice',
  },
  'POST /networks/{id}/actions/delete_subnet': manage('ip_range'),
  'POST /networks/{id}/actions/change_ip_range': manage('ip_range'),
  'POST /networks/{id}/actions/change_protection': manage('delete'),
  ...actionReads('networks', 'networks:read'),
})
