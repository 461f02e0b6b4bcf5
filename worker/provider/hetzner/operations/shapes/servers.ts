import { embedded, plain, to, typed, type Shape } from './shape.ts'

export const serverShapes = {
  server: {
    seenBy: 'server',
    rules: {
      'public_net.ipv4.id': to('primary_ip', 'value'),
      'public_net.ipv6.id': to('primary_ip', 'value'),
      'public_net.floating_ips[]': to('floating_ip', 'item'),
      'public_net.firewalls[].id': to('firewall', 'item'),
      'private_net[].network': to('network', 'item'),
      'volumes[]': to('volume', 'item'),
      'load_balancers[]': to('load_balancer', 'item'),
      image: embedded('image'),
      placement_group: embedded('placement_group'),
      server_type: plain,
      location: plain,
      iso: plain,
    },
  },
  image: {
    seenBy: 'image',
    isPublic: ({ type }) => type === 'system' || type === 'app',
    rules: {
      'created_from.id': to('server', 'object'),
      bound_to: to('server', 'value'),
    },
  },
  volume: {
    seenBy: 'volume',
    rules: { server: to('server', 'value'), location: plain },
  },
  ssh_key: { seenBy: 'ssh_key', rules: {} },
  placement_group: {
    seenBy: 'placement_group',
    rules: { 'servers[]': to('server', 'item') },
  },
  action: {
    seenBy: 'resources',
    rules: { id: plain, 'resources[]': typed },
  },
} satisfies Record<string, Shape>
