import { m } from '#lib/paraglide/messages.js'
import type { StatusTone } from '#lib/ui/status-badge.svelte'
import { powerFaces, toPowerAction } from '../power/power-actions.ts'
import type { AuditEntry, Operation } from '../types.ts'

/** One thing that was done to a server, wherever it was read from. */
export interface ActivityRow {
  id: string
  action: string
  phase: AuditEntry['phase']
  by: string
  at: string
  source: AuditEntry['source'] | null
  errorCode: string | null
  reason: string | null
  changes: { label: string; before: string; after: string }[]
}

export const phaseFaces: Record<AuditEntry['phase'], { tone: StatusTone; label: () => string }> = {
  started: { tone: 'busy', label: m.servers_phase_running },
  accepted: { tone: 'busy', label: m.servers_phase_running },
  succeeded: { tone: 'ok', label: m.servers_phase_done },
  failed: { tone: 'bad', label: m.servers_phase_failed },
  unknown: { tone: 'unknown', label: m.servers_phase_unknown },
  denied: { tone: 'bad', label: m.servers_phase_denied },
  refused: { tone: 'off', label: m.servers_phase_refused },
}

export function activityWord(action: string): string {
  const power = toPowerAction(action)
  if (power) return powerFaces[power].verb()
  return action === 'server.outside_change' ? m.servers_outside() : m.servers_annotated()
}

const fieldWords: Record<string, () => string> = {
  displayName: m.servers_display_name,
  project: m.servers_project,
  environment: m.servers_environment,
  tags: m.servers_tags,
  notesLength: m.servers_notes,
  status: m.servers_status,
  name: m.servers_name,
}

export function fromAudit(entry: AuditEntry): ActivityRow {
  const by = entry.action === 'server.outside_change' ? m.servers_outside_by() : entry.actor.name || m.servers_the_system()
  return {
    id: entry.id,
    action: entry.action,
    phase: entry.phase,
    by,
    at: entry.startedAt,
    source: entry.source,
    errorCode: entry.errorCode,
    reason: entry.reason,
    changes: changesOf(entry),
  }
}

/** Only facts people have words for; of notes only how long they are. */
function changesOf({ before, after }: AuditEntry): ActivityRow['changes'] {
  return Object.entries(after ?? {}).flatMap(([key, value]) => {
    const word = fieldWords[key]
    const old = before?.[key]
    if (!word || value === old) return []
    const show = (fact: unknown) => (fact === null || fact === undefined || fact === '' ? '—' : String(fact))
    return key === 'notesLength' ? [{ label: word(), before: '', after: '' }] : [{ label: word(), before: show(old), after: show(value) }]
  })
}

export function fromOperation(operation: Operation): ActivityRow {
  return {
    id: operation.id,
    action: `server.${operation.action}`,
    phase: operation.status === 'running' ? 'accepted' : operation.status,
    by: operation.actorName || m.servers_the_system(),
    at: operation.startedAt,
    source: null,
    errorCode: operation.errorCode,
    reason: null,
    changes: [],
  }
}
