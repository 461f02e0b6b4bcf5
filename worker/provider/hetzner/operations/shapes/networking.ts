import { plain, to, type Shape } from './shape.ts'

export const networkingShapes = {
  network: {
    seenBy: 'network',
    rules: {
      'servers[]': to('server', 'item'),
      'load_balancers[]': to('load_balancer', 'item'),
      // A switch of dedicated servers, which no API of the project knows.
      'subnets[].vswitch_id': plain,
      'subnets[].network_zone': plain,
    },
  },
  member: {
    seenBy: 'typed',
    rules: {},
  },
  firewall: {
    seenBy: 'firewall',
    rules: {
      'applied_to[].server.id': to('server', 'item'),
      'applied_to[].applied_to_resources[].server.id': to('server', 'item'),
    },
  },
  primary_ip: {
    seenBy: 'primary_ip',
    rules: { assignee_id: to('server', 'value'), assignee_type: plain, location: plain },
  },
  floating_ip: {
    seenBy: 'floating_ip',
    rules: { server: to('server', 'value'), home_location: plain },
  },
} satisfies Record<string, Shape>
