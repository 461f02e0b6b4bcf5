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

/** What the provider calls anything but servers; an address of whichever sort is one. */
const kindTexts: Record<string, () => string> = {
  firewall: m.audit_kind_firewall,
  volume: m.audit_kind_volume,
  network: m.audit_kind_network,
  load_balancer: m.audit_kind_load_balancer,
  ip: m.audit_kind_ip,
  image: m.audit_kind_image,
  certificate: m.audit_kind_certificate,
  zone: m.audit_kind_zone,
  ssh_key: m.audit_kind_ssh_key,
  placement_group: m.audit_kind_placement_group,
}

export const targetTypes = Object.keys(typeTexts) as AuditTargetType[]

export const targetTypeText = (type: AuditTargetType): string => typeTexts[type]()

/** What it is: of a resource, the kind that stands before its id (`volume:42`). */
export function targetKindText({ type, id }: Pick<AuditEntry['target'], 'type' | 'id'>): string {
  const [kind = ''] = id.split(':')
  const known = type === 'resource' ? kindTexts[kind.endsWith('_ip') ? 'ip' : kind] : undefined
  return known?.() ?? targetTypeText(type)
}

/** The page of what was acted on, or null where it has none. */
export function targetHref({ target }: AuditEntry): string | null {
  return target.id === '' ? null : (pages[target.type]?.(target.id) ?? null)
}

/** Its name at the time; what it is, where it had none. */
export const targetName = ({ target }: AuditEntry): string =>
  target.type === 'instance' || target.name === '' ? targetKindText(target) : target.name
