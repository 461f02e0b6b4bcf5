import { m } from '#lib/paraglide/messages.js'
import type { StatusTone } from '#lib/ui/status-badge.svelte'
import { isOutside, type AuditEntry } from './action-text.ts'

export type AuditPhase = AuditEntry['phase']
export interface ResultFace {
  tone: StatusTone
  label: string
}

const faces = {
  started: { tone: 'busy', label: m.audit_phase_open },
  accepted: { tone: 'busy', label: m.audit_phase_open },
  succeeded: { tone: 'ok', label: m.audit_phase_succeeded },
  failed: { tone: 'bad', label: m.audit_phase_failed },
  unknown: { tone: 'unknown', label: m.audit_phase_unknown },
  denied: { tone: 'bad', label: m.audit_phase_denied },
  refused: { tone: 'off', label: m.audit_phase_refused },
} satisfies Record<AuditPhase, { tone: StatusTone; label: () => string }>

/** How an operation ended, or that it has not. */
export function resultOf(entry: AuditEntry): ResultFace {
  // Nothing was run by us: our row only says that it was noticed.
  if (isOutside(entry)) {
    return entry.after?.['status'] === 'failed' ? faceOf('failed') : { tone: 'outside', label: m.audit_phase_noticed() }
  }
  return faceOf(entry.phase)
}

export function faceOf(phase: AuditPhase): ResultFace {
  const face = faces[phase]
  return { tone: face.tone, label: face.label() }
}

/** The results one can filter by; each stands for the phases behind it. */
export const resultFilters = [
  { value: 'succeeded', phases: ['succeeded'] },
  { value: 'failed', phases: ['failed'] },
  { value: 'refused', phases: ['denied', 'refused'] },
  { value: 'unknown', phases: ['unknown'] },
  { value: 'open', phases: ['started', 'accepted'] },
] as const satisfies readonly { value: string; phases: readonly AuditPhase[] }[]
export type ResultFilter = (typeof resultFilters)[number]['value']
