import type { components } from '#lib/api/schema.d.ts'
import { m } from '#lib/paraglide/messages.js'
import type { StatusTone } from '#lib/ui/status-badge.svelte'

export type User = components['schemas']['User']
export type UserDetail = components['schemas']['UserDetail']
export type EndedAccess = components['schemas']['EndedAccess']
export type Role = User['role']
export type AccessTask = 'suspend' | 'ban' | 'reactivate' | 'deactivate'

/** From the widest to the narrowest. */
export const roles = ['OWNER', 'ADMIN', 'VIEWER', 'USER'] as const satisfies readonly Role[]

const roleTexts = {
  OWNER: [m.settings_role_owner, m.team_role_owner_text],
  ADMIN: [m.settings_role_admin, m.team_role_admin_text],
  VIEWER: [m.settings_role_viewer, m.team_role_viewer_text],
  USER: [m.settings_role_user, m.team_role_user_text],
} satisfies Record<Role, [() => string, () => string]>

export const roleText = (role: Role): string => roleTexts[role][0]()
export const roleOptions = () =>
  roles.map((value) => ({ value, label: roleTexts[value][0](), detail: roleTexts[value][1]() }))

export const statusFaces = {
  ACTIVE: { tone: 'ok', label: m.team_status_active },
  PENDING: { tone: 'unknown', label: m.team_status_pending },
  SUSPENDED: { tone: 'off', label: m.team_status_suspended },
  DEACTIVATED: { tone: 'off', label: m.team_status_deactivated },
  BANNED: { tone: 'bad', label: m.team_status_banned },
} satisfies Record<User['status'], { tone: StatusTone; label: () => string }>

/** What can be done to somebody of this status; the API decides. */
export const tasksOf: Record<User['status'], readonly AccessTask[]> = {
  ACTIVE: ['suspend', 'deactivate', 'ban'],
  SUSPENDED: ['reactivate', 'deactivate', 'ban'],
  DEACTIVATED: ['reactivate', 'ban'],
  PENDING: ['ban'],
  BANNED: [],
}

export const taskTexts = {
  suspend: { label: m.team_suspend, title: m.team_suspend_title, text: m.team_suspend_text },
  ban: { label: m.team_ban, title: m.team_ban_title, text: m.team_ban_text },
  deactivate: { label: m.team_deactivate, title: m.team_deactivate_title, text: m.team_deactivate_text },
  reactivate: { label: m.team_reactivate, title: m.team_reactivate_title, text: m.team_reactivate_text },
} satisfies Record<AccessTask, unknown>
