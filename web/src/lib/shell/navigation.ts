import ChartColumn from '@lucide/svelte/icons/chart-column'
import FolderKey from '@lucide/svelte/icons/folder-key'
import ScrollText from '@lucide/svelte/icons/scroll-text'
import ServerIcon from '@lucide/svelte/icons/server'
import Settings from '@lucide/svelte/icons/settings'
import Users from '@lucide/svelte/icons/users'
import type { Component } from 'svelte'
import { m } from '#lib/paraglide/messages.js'

export type NavigationEntry = {
  href: string
  label: () => string
  icon: Component<{ size?: number; strokeWidth?: number }>
  keys: string
  /** Any one of these is enough; none: everybody. What a person can never use is not shown. */
  anyOf: string[]
  /** Other paths that belong to it. */
  also?: string[]
}

/** The one table of where one can go. Rail, bottom bar, palette and shortcuts come from it. */
export const navigation: readonly NavigationEntry[] = [
  { href: '/servers', label: m.shell_servers, icon: ServerIcon, keys: 'g s', anyOf: ['servers:read'] },
  { href: '/costs', label: m.shell_costs, icon: ChartColumn, keys: 'g c', anyOf: ['costs:read'] },
  {
    href: '/activity',
    label: m.shell_activity,
    icon: ScrollText,
    keys: 'g a',
    // Whoever may not read the whole log reads their own part of it.
    anyOf: [],
    also: ['/integrity', '/provider-log'],
  },
  { href: '/projects', label: m.shell_projects, icon: FolderKey, keys: 'g p', anyOf: ['accounts:read'] },
  { href: '/team', label: m.shell_team, icon: Users, keys: 'g m', anyOf: ['users:read'] },
  { href: '/settings', label: m.shell_settings, icon: Settings, keys: 'g t', anyOf: [] },
]

/** What this person is shown. */
export function visibleTo(can: (permission: string) => boolean): NavigationEntry[] {
  return navigation.filter((entry) => entry.anyOf.length === 0 || entry.anyOf.some(can))
}

/** Whether a path lies in an entry's part of the product. */
export function isCurrent(entry: NavigationEntry, path: string): boolean {
  return [entry.href, ...(entry.also ?? [])].some((root) => path === root || path.startsWith(`${root}/`))
}
