import type { components } from '#lib/api/schema.d.ts'
import { resourceText, type Permission } from './permission-text.ts'

/** What a page of this dashboard uses; everything else is for API keys and tools. */
const onPages: readonly RegExp[] = [
  /^servers:(read|power|annotate|sync|lock)$/,
  /^(accounts|audit|provider-log|costs|users|api-keys):/,
]
export const isForTools = (permission: string): boolean => !onPages.some((pattern) => pattern.test(permission))

export interface PermissionGroup<Item> {
  resource: string
  title: string
  items: Item[]
}
export interface GroupedPermissions<Item> {
  pages: PermissionGroup<Item>[]
  tools: PermissionGroup<Item>[]
}

/** By what they are about, in the order in which they come; what only tools use stands apart. */
export function groupPermissions<Item extends { permission: Permission }>(
  items: readonly Item[],
): GroupedPermissions<Item> {
  return {
    pages: byResource(items.filter(({ permission }) => !isForTools(permission))),
    tools: byResource(items.filter(({ permission }) => isForTools(permission))),
  }
}

function byResource<Item extends { permission: Permission }>(items: readonly Item[]): PermissionGroup<Item>[] {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const resource = item.permission.slice(0, item.permission.indexOf(':'))
    groups.set(resource, [...(groups.get(resource) ?? []), item])
  }
  return [...groups].map(([resource, own]) => ({ resource, title: resourceText(resource), items: own }))
}

export type KnownPermission = components['schemas']['PermissionTable']['items'][number]
export interface RuleKind {
  role: string
  effect: 'allow' | 'deny'
  /** About everything, not some things. */
  everything: boolean
}

/** What a rule of this kind can be about, of the API's table; it refuses the rest. */
export const permissionsFor = (
  table: readonly KnownPermission[],
  { role, effect, everything }: RuleKind,
): KnownPermission[] =>
  table.filter(
    ({ ownerOnly, isScoped, isRead }) =>
      !ownerOnly && (everything || isScoped) && (effect === 'deny' || role !== 'VIEWER' || isRead),
  )
