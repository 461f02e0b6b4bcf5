import { m } from '#lib/paraglide/messages.js'
import type { AuditEntry } from './action-text.ts'

export type AuditTargetType = AuditEntry['target']['type']

/** Where a target has a page of its own. */
const pages: Partial<Record<AuditTargetType, (id: string) => string>> = {
  server: (id) => `/servers/${id}`,
  account: () => '/projects',
  user: (id) => `/team/${id}`,
}

const typeTexts = {
  instance: m.audit_target_instance,
  user: m.audit_target_user,
  session: m.audit_target_session,
  passkey: m.audit_target_passkey,
  account: m.audit_target_account,
  server: m.audit_target_server,
  api_key: m.audit_target_api_key,
  resource: m.audit_target_resource,
} satisfies Record<AuditTargetType, () => string>

export const targetTypes = Object.keys(typeTexts) as AuditTargetType[]

export const targetTypeText = (type: AuditTargetType): string => typeTexts[type]()

/** The page of what was acted on, or null where it has none. */
export function targetHref({ target }: AuditEntry): string | null {
  return target.id === '' ? null : (pages[target.type]?.(target.id) ?? null)
}

/** Its name at the time; what it is, where it had none. */
export const targetName = ({ target }: AuditEntry): string =>
  target.type === 'instance' || target.name === '' ? targetTypeText(target.type) : target.name
