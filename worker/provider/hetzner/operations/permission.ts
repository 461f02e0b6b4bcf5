import type { ResourceKind } from './kind.ts'

/** Kinds of resource whose permissions are kept apart from those of servers, as the permissions name them. */
export const governedKinds = [
  'images',
  'ssh-keys',
  'volumes',
  'networks',
  'firewalls',
  'ips',
  'load-balancers',
  'certificates',
  'zones',
  'placement-groups',
] as const
export type GovernedKind = (typeof governedKinds)[number]

/** What a caller of the provider's API must be allowed to do (P1.2). */
export type GatewayPermission =
  | 'servers:read'
  | 'servers:power'
  | 'servers:create'
  | 'servers:delete'
  | 'servers:rebuild'
  | 'servers:resize'
  | 'servers:configure'
  | 'servers:console'
  | `${GovernedKind}:${'read' | 'manage' | 'delete'}`

const readers: Record<Exclude<ResourceKind, 'action'>, GatewayPermission> = {
  server: 'servers:read',
  image: 'images:read',
  ssh_key: 'ssh-keys:read',
  volume: 'volumes:read',
  network: 'networks:read',
  firewall: 'firewalls:read',
  primary_ip: 'ips:read',
  floating_ip: 'ips:read',
  load_balancer: 'load-balancers:read',
  certificate: 'certificates:read',
  zone: 'zones:read',
  placement_group: 'placement-groups:read',
}

/** What it takes to see a resource of this kind. An action is seen by whoever sees a resource it is about. */
export const readPermission = (kind: Exclude<ResourceKind, 'action'>): GatewayPermission => readers[kind]
