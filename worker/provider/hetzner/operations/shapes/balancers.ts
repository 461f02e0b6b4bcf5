import { plain, to, typed, type Shape } from './shape.ts'

export const balancerShapes = {
  load_balancer: {
    seenBy: 'load_balancer',
    rules: {
      'private_net[].network': to('network', 'item'),
      'services[].http.certificates[]': to('certificate', 'item'),
      'targets[].server.id': to('server', 'item'),
      'targets[].targets[].server.id': to('server', 'item'),
      load_balancer_type: plain,
      location: plain,
    },
  },
  certificate: {
    seenBy: 'certificate',
    rules: { certificate: plain, 'used_by[]': typed },
  },
} satisfies Record<string, Shape>
