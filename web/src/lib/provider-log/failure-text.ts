import type { paths } from '#lib/api/schema.d.ts'
import { m } from '#lib/paraglide/messages.js'
import type { StatusTone } from '#lib/ui/status-badge.svelte'

type Read = paths['/api/v1/provider-log']['get']
export type ProviderLogPage = Read['responses']['200']['content']['application/json']
export type Failure = ProviderLogPage['items'][number]
export type FailureKind = Failure['kind']
export type FailureQuery = NonNullable<Read['parameters']['query']>

interface KindText {
  tone: StatusTone
  label: () => string
  /** What it means and what to do, in one or two sentences. */
  text: () => string
}

/** Red: somebody has to do something, or the provider is down. Amber: it passes by itself. Gray: the answer to a request. */
const kinds = {
  token_rejected: { tone: 'bad', label: m.plog_token_rejected, text: m.plog_token_rejected_text },
  token_read_only: { tone: 'bad', label: m.plog_token_read_only, text: m.plog_token_read_only_text },
  forbidden: { tone: 'bad', label: m.plog_forbidden, text: m.plog_forbidden_text },
  not_found: { tone: 'off', label: m.plog_not_found, text: m.plog_not_found_text },
  conflict: { tone: 'off', label: m.plog_conflict, text: m.plog_conflict_text },
  locked: { tone: 'off', label: m.plog_locked, text: m.plog_locked_text },
  protected: { tone: 'off', label: m.plog_protected, text: m.plog_protected_text },
  rejected: { tone: 'off', label: m.plog_rejected, text: m.plog_rejected_text },
  capacity: { tone: 'off', label: m.plog_capacity, text: m.plog_capacity_text },
  quota: { tone: 'bad', label: m.plog_quota, text: m.plog_quota_text },
  rate_limited: { tone: 'busy', label: m.plog_rate_limited, text: m.plog_rate_limited_text },
  maintenance: { tone: 'busy', label: m.plog_maintenance, text: m.plog_maintenance_text },
  unavailable: { tone: 'bad', label: m.plog_unavailable, text: m.plog_unavailable_text },
  unreachable: { tone: 'bad', label: m.plog_unreachable, text: m.plog_unreachable_text },
  timeout: { tone: 'unknown', label: m.plog_timeout, text: m.plog_timeout_text },
  malformed: { tone: 'bad', label: m.plog_malformed, text: m.plog_malformed_text },
  budget_exhausted: { tone: 'off', label: m.plog_budget_exhausted, text: m.plog_budget_exhausted_text },
} satisfies Record<FailureKind, KindText>

export const failureKinds = Object.keys(kinds) as FailureKind[]

export function kindText(kind: FailureKind): { tone: StatusTone; label: string; text: string } {
  const { tone, label, text } = kinds[kind]
  return { tone, label: label(), text: text() }
}

/** What came back: a status, nothing, or nothing because nothing was sent. */
export function answerText({ kind, status }: Failure): string {
  if (kind === 'budget_exhausted') return m.plog_not_sent()
  return status === null ? m.plog_no_answer() : String(status)
}
