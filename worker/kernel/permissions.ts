/** Every permission, with the sentence the dashboard shows for it (DESIGN §6). Decided in the backend only (P1.2). */
export const permissions = {
  'servers:read': 'See servers, their status and their metrics',
  'servers:power': 'Start, stop, reboot, power off and reset servers',
  'servers:annotate': 'Change internal names, tags, notes, project and environment',
  'servers:sync': 'Ask for a fresh look at the provider',
  'servers:create': 'Create servers',
  'servers:delete': 'Delete servers',
  'servers:rebuild': 'Rebuild servers from an image, which erases them',
  'servers:resize': 'Change the type of servers',
  'servers:configure': 'Rename, label, protect and connect servers, and switch their backups',
  'servers:console': 'Open consoles, the rescue system and new root passwords',
  'images:read': 'See images and snapshots',
  'images:manage': 'Create and change images and snapshots',
  'images:delete': 'Delete images and snapshots',
  'ssh-keys:read': 'See SSH keys',
  'ssh-keys:manage': 'Create and change SSH keys',
  'ssh-keys:delete': 'Delete SSH keys',
  'volumes:read': 'See volumes',
  'volumes:manage': 'Create and change volumes',
  'volumes:delete': 'Delete volumes',
  'networks:read': 'See networks',
  'networks:manage': 'Create and change networks',
  'networks:delete': 'Delete networks',
  'firewalls:read': 'See firewalls',
  'firewalls:manage': 'Create and change firewalls',
  'firewalls:delete': 'Delete firewalls',
  'ips:read': 'See primary and floating IPs',
  'ips:manage': 'Create and change primary and floating IPs',
  'ips:delete': 'Delete primary and floating IPs',
  'load-balancers:read': 'See load balancers',
  'load-balancers:manage': 'Create and change load balancers',
  'load-balancers:delete': 'Delete load balancers',
  'certificates:read': 'See certificates',
  'certificates:manage': 'Create and change certificates',
  'certificates:delete': 'Delete certificates',
  'zones:read': 'See DNS zones',
  'zones:manage': 'Create and change DNS zones',
  'zones:delete': 'Delete DNS zones',
  'placement-groups:read': 'See placement groups',
  'placement-groups:manage': 'Create and change placement groups',
  'placement-groups:delete': 'Delete placement groups',
  'accounts:read': 'See the connected provider projects and their state',
  'accounts:manage': 'Connect, pause and remove provider projects and replace their tokens',
  'audit:read': 'Read the activity log',
  'provider-log:read': 'Read the log of provider failures',
  'costs:read': 'See what the fleet costs',
  'users:read': 'See the people of this instance, what they may do and where they are signed in',
  'users:govern': 'Invite, suspend, ban and reactivate people and change what they may do',
  'api-keys:use': 'Make and use API keys of one’s own, no wider than oneself',
  'servers:lock': 'Lock servers against deletion, rebuild and resize by anybody, and unlock them',
} as const

export type Permission = keyof typeof permissions

/** What one person may do beyond (`+`) or short of (`-`) their role. A `-` beats a `+`. */
export type PermissionOverride = `${'+' | '-'}${Permission}`

/** Nobody but an OWNER ever has these, whatever a person's overrides say (G3). */
export const ownerOnly: readonly Permission[] = ['users:govern', 'accounts:manage', 'servers:lock']

/** `public`: nobody needs to be signed in. `self`: any active user, about themselves. `operator`: set-up and health. */
export type RoutePermission = Permission | 'public' | 'self'

export const roles = ['OWNER', 'ADMIN', 'USER', 'VIEWER'] as const
export type Role = (typeof roles)[number]

export const userStatuses = ['ACTIVE', 'SUSPENDED', 'BANNED', 'PENDING', 'DEACTIVATED'] as const
export type UserStatus = (typeof userStatuses)[number]

const every = Object.keys(permissions) as Permission[]

/** What only looks. */
export const isRead = (permission: Permission): boolean => permission.endsWith(':read')

const notAboutServers: readonly Permission[] = [
  'accounts:manage',
  'audit:read',
  'provider-log:read',
  'users:read',
  'users:govern',
  'api-keys:use',
  'servers:lock',
]

/** Whether it can be given or taken for some servers or accounts only; the others are had for all or not at all. */
export const isScoped = (permission: Permission): boolean => !notAboutServers.includes(permission)

/** What a role may do before any grant adds or removes. */
export const roleDefaults: Record<Role, readonly Permission[]> = {
  OWNER: every,
  ADMIN: every.filter((permission) => !ownerOnly.includes(permission)),
  USER: ['api-keys:use'],
  VIEWER: [...every.filter((permission) => isRead(permission) && permission !== 'users:read'), 'api-keys:use'],
}
