import { formatNumber } from '#lib/format/number.ts'
import { formatExact } from '#lib/format/time.ts'
import { m } from '#lib/paraglide/messages.js'
import type { AuditEntry } from './action-text.ts'

export type Snapshot = NonNullable<AuditEntry['before']>
export type SnapshotValue = Snapshot[string]

const fieldTexts: Record<string, () => string> = {
  name: m.audit_field_name,
  displayName: m.audit_field_display_name,
  project: m.audit_field_project,
  account: m.audit_field_account,
  environment: m.audit_field_environment,
  tags: m.audit_field_tags,
  notesLength: m.audit_field_notes_length,
  status: m.audit_field_status,
  state: m.audit_field_status,
  providerActionId: m.audit_field_provider_action,
  command: m.audit_field_command,
  startedAt: m.audit_field_started,
  theme: m.audit_field_theme,
  locale: m.audit_field_locale,
  method: m.audit_field_method,
  passkey: m.audit_field_passkey,
  passwords: m.audit_field_passwords,
  password: m.audit_field_password,
  authenticator: m.audit_field_authenticator,
  secondFactor: m.audit_field_second_factor,
  sessionId: m.audit_field_session,
  scope: m.audit_field_scope,
  ended: m.audit_field_ended,
  count: m.audit_field_count,
  email: m.audit_field_email,
  paused: m.audit_field_paused,
  provider: m.audit_field_provider,
  servers: m.audit_field_servers,
  result: m.audit_field_result,
  changed: m.audit_field_changed,
  deleted: m.audit_field_deleted,
  tokenHint: m.audit_field_token,
  access: m.audit_field_access,
  keyVersion: m.audit_field_key_version,
  role: m.audit_field_role,
  permissions: m.audit_field_permissions,
  sessions: m.audit_field_sessions,
  links: m.audit_field_links,
  invitations: m.audit_field_invitations,
  challenges: m.audit_field_challenges,
  alert: m.audit_field_alert,
  alerts: m.audit_field_alerts,
  kind: m.audit_field_kind,
  outcome: m.audit_field_outcome,
  country: m.audit_field_country,
  ownerAllowlist: m.audit_field_owner_allowlist,
  again: m.audit_field_again,
  hint: m.audit_field_hint,
  scopes: m.audit_field_scopes,
  ipAllowlist: m.audit_field_ip_allowlist,
  stepUp: m.audit_field_step_up,
  expiresAt: m.audit_field_expires,
  successor: m.audit_field_successor,
  overlapUntil: m.audit_field_overlap,
  approval: m.audit_field_approval,
  operation: m.audit_field_operation,
  request: m.audit_field_request,
  keys: m.audit_field_keys,
}

export interface Change {
  field: string
  label: string
  before: SnapshotValue | undefined
  after: SnapshotValue | undefined
}

/** What an operation recorded as before and after, field by field, over all of its rows. */
export function changesOf(items: readonly AuditEntry[]): Change[] {
  const before: Snapshot = {}
  const after: Snapshot = {}
  for (const entry of items) {
    Object.assign(before, entry.before)
    Object.assign(after, entry.after)
  }
  const fields = new Set([...Object.keys(before), ...Object.keys(after)])
  // Stands in the heading, as what was done.
  fields.delete('power')
  return [...fields].map((field) => ({
    field,
    label: fieldTexts[field]?.() ?? field,
    before: before[field],
    after: after[field],
  }))
}

/** Words of the API that stand for a state, in the person's language. */
const stateTexts: Record<string, () => string> = {
  running: m.servers_status_running,
  off: m.servers_status_off,
  starting: m.servers_status_starting,
  stopping: m.servers_status_stopping,
  initializing: m.servers_status_initializing,
  rebuilding: m.servers_status_rebuilding,
  migrating: m.servers_status_migrating,
  deleting: m.servers_status_deleting,
  unknown: m.servers_status_unknown,
  succeeded: m.audit_phase_succeeded,
  failed: m.audit_phase_failed,
  read_only: m.accounts_access_read,
  read_write: m.accounts_access_write,
}
const timeFields = new Set(['startedAt', 'expiresAt', 'overlapUntil'])
const stateFields = new Set(['status', 'access'])

/** A value as text; null and "" are "none", never an empty cell. */
export function valueText(field: string, value: SnapshotValue): string {
  if (value === null || value === '') return m.audit_value_none()
  if (typeof value === 'boolean') return value ? m.audit_yes() : m.audit_no()
  if (typeof value === 'number') return formatNumber(value)
  if (stateFields.has(field)) return stateTexts[value]?.() ?? value
  return timeFields.has(field) ? formatExact(new Date(value)) : value
}
