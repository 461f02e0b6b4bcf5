import { m } from '#lib/paraglide/messages.js'
import type { KeyPermission } from './types.ts'

const serverTexts = {
  'servers:read': m.permission_servers_read,
  'servers:power': m.permission_servers_power,
  'servers:annotate': m.permission_servers_annotate,
  'servers:sync': m.permission_servers_sync,
  'servers:configure': m.permission_servers_configure,
  'servers:console': m.permission_servers_console,
  'servers:create': m.permission_servers_create,
  'servers:resize': m.permission_servers_resize,
  'servers:rebuild': m.permission_servers_rebuild,
  'servers:delete': m.permission_servers_delete,
  'servers:lock': m.permission_servers_lock,
} as const

const restTexts = {
  'accounts:read': m.permission_accounts_read,
  'accounts:manage': m.permission_accounts_manage,
  'costs:read': m.permission_costs_read,
  'audit:read': m.permission_audit_read,
  'provider-log:read': m.permission_provider_log_read,
  'users:read': m.permission_users_read,
  'users:govern': m.permission_users_govern,
} as const

const resourceTexts = {
  images: m.resource_images,
  'ssh-keys': m.resource_ssh_keys,
  volumes: m.resource_volumes,
  networks: m.resource_networks,
  firewalls: m.resource_firewalls,
  ips: m.resource_ips,
  'load-balancers': m.resource_load_balancers,
  certificates: m.resource_certificates,
  zones: m.resource_zones,
  'placement-groups': m.resource_placement_groups,
} as const

type Sentence = { permission: KeyPermission; text: string }
const sentences = (texts: Partial<Record<KeyPermission, () => string>>, may: (name: string) => boolean): Sentence[] =>
  (Object.entries(texts) as [KeyPermission, () => string][])
    .filter(([permission]) => may(permission))
    .map(([permission, text]) => ({ permission, text: text() }))

export const serverSentences = (may: (name: string) => boolean) => sentences(serverTexts, may)
export const restSentences = (may: (name: string) => boolean) => sentences(restTexts, may)

export const verbs = ['read', 'manage', 'delete'] as const
export const verbText = (verb: (typeof verbs)[number]): string =>
  ({ read: m.keys_see, manage: m.keys_manage, delete: m.keys_delete })[verb]()

/** What is seen, changed and deleted in the same three ways: a table says it in less than thirty sentences. */
export const resourceRows = (may: (name: string) => boolean) =>
  (Object.keys(resourceTexts) as (keyof typeof resourceTexts)[])
    .map((name) => ({
      name,
      text: resourceTexts[name](),
      cells: verbs.map((verb) => {
        const permission: KeyPermission = `${name}:${verb}`
        return { verb, permission, allowed: may(permission) }
      }),
    }))
    .filter(({ cells }) => cells.some(({ allowed }) => allowed))

/** Everything a key can carry, of what this person may do. */
export const offered = (may: (name: string) => boolean): KeyPermission[] => [
  ...serverSentences(may).map(({ permission }) => permission),
  ...resourceRows(may).flatMap(({ cells }) =>
    cells.filter(({ allowed }) => allowed).map(({ permission }) => permission),
  ),
  ...restSentences(may).map(({ permission }) => permission),
]

export type Preset = 'read' | 'power' | 'build' | 'dns' | 'all' | 'none'

/** What a tool that builds needs not: what destroys, what opens a server, and what governs. */
const notForBuilding = /:delete$|^servers:(rebuild|console|lock)$|^(accounts:manage|users:|audit:|provider-log:)/

export function presetOf(preset: Preset, may: (name: string) => boolean): KeyPermission[] {
  const all = offered(may)
  const reading = all.filter((permission) => permission.endsWith(':read'))
  const power = all.filter((permission) => permission === 'servers:power')
  const build = all.filter((permission) => !notForBuilding.test(permission))
  const dns = all.filter((permission) => permission.startsWith('zones:'))
  return { read: reading, power: [...reading, ...power], build, dns, all, none: [] }[preset]
}
