import { m } from '#lib/paraglide/messages.js'
import { isOutside, type AuditEntry } from './action-text.ts'

const sources = {
  web: m.audit_source_web,
  api: m.audit_source_api,
  gateway: m.audit_source_gateway,
  cron: m.audit_source_cron,
  system: m.audit_source_system,
} satisfies Record<AuditEntry['source'], () => string>

/** Through what it was done; what was noticed by our schedule was done at the provider. */
export const sourceText = (entry: AuditEntry): string =>
  isOutside(entry) ? m.audit_source_outside() : sources[entry.source]()

export type ActorKind = 'user' | 'system' | 'anonymous' | 'outside'

/** Who did it. What was noticed by our schedule was done by somebody outside, and that is what counts. */
export function actorKind(entry: AuditEntry): ActorKind {
  return isOutside(entry) ? 'outside' : entry.actor.kind
}

export function actorName(entry: AuditEntry): string {
  switch (actorKind(entry)) {
    case 'outside':
      return m.audit_outside()
    case 'anonymous':
      return m.audit_anonymous()
    case 'system':
      return m.audit_system()
    case 'user':
      return entry.actor.name || entry.actor.id
  }
}
