import { forConsole, many, one, theAction } from '../envelope.ts'
import { byId, byIdOrName, listing, plain, secret } from '../fields.ts'
import { actionReads, group, listOf, metricsOf, single } from './group.ts'

export const servers = group({
  'GET /servers': {
    permission: 'servers:read',
    query: listing('name', 'label_selector', 'sort', 'status'),
    answer: listOf('servers', 'server'),
    mirror: 'servers',
  },
  'POST /servers': {
    permission: 'servers:create',
    creates: 'server',
    repeat: 'named',
    body: {
      ...plain('name', 'start_after_create', 'automount', 'labels'),
      ...plain('public_net.enable_ipv4', 'public_net.enable_ipv6'),
      location: byIdOrName('location', 'servers:create'),
      server_type: byIdOrName('server_type', 'servers:create'),
      image: byIdOrName('image', 'images:read'),
      placement_group: byId('placement_group', 'placement-groups:read'),
      'ssh_keys[]': byIdOrName('ssh_key', 'ssh-keys:read'),
      'volumes[]': byId('volume', 'volumes:manage'),
      'networks[]': byId('network', 'networks:read'),
      'firewalls[].firewall': byId('firewall', 'firewalls:read'),
      'public_net.ipv4': byId('primary_ip', 'ips:manage'),
      'public_net.ipv6': byId('primary_ip', 'ips:manage'),
      user_data: secret,
    },
    answer: {
      server: one('server'),
      action: one('action'),
      next_actions: many('action'),
      root_password: forConsole,
    },
  },
  'GET /servers/{id}': { permission: 'servers:read', answer: single('server'), mirror: 'server' },
  'PUT /servers/{id}': { permission: 'servers:configure', body: plain('name', 'labels'), answer: single('server') },
  'DELETE /servers/{id}': {
    permission: 'servers:delete',
    lock: 'path.id',
    ownerLock: 'delete',
    answer: theAction,
    status: 200,
  },
  'GET /servers/{id}/metrics': metricsOf('servers:read'),
  ...actionReads('servers', 'servers:read'),
})
