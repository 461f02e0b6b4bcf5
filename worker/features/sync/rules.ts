import type { AccountState } from '../../db/schema/fleet.ts'
import { minutes, seconds } from '../../kernel/clock.ts'
import type { ProviderErrorKind, ServerStatus } from '../../provider/provider.ts'
import { defaultSyncIntervalMs, stateAfter } from '../accounts/index.ts'

/** How long a dead pass keeps its account; a living one takes seconds. */
export const leaseMs = minutes(2)

/** Something is under way: the next look is soon. */
export const fastIntervalMs = seconds(15)
export const slowestIntervalMs = minutes(5)
const retryPartialMs = seconds(30)

/** Passes without a change after which the next step of patience begins. Ten minutes, half an hour, an hour. */
const patience = [
  { passes: 35, intervalMs: slowestIntervalMs },
  { passes: 20, intervalMs: minutes(3) },
  { passes: 10, intervalMs: minutes(2) },
] as const

/** States that end by themselves. `unknown` is not one: the provider has lost the host. */
const transitional: ReadonlySet<string> = new Set<ServerStatus>([
  'starting',
  'stopping',
  'initializing',
  'rebuilding',
  'migrating',
  'deleting',
])

export const isTransitional = (status: string): boolean => transitional.has(status)

export type PassResult = 'complete' | 'partial' | 'failed'

export interface PassFacts {
  result: PassResult
  /** Our own budget for background work is used up, or the provider limits us. */
  budgetLow: boolean
  /** A server is between two states, an operation runs, or the list moved while it was read. */
  busy: boolean
  /** Passes in a row, this one included, that found nothing new. */
  unchangedPasses: number
  /** The interval that led to this pass. */
  intervalMs: number
}

/** Milliseconds from the start of this pass to the next one (DESIGN §9). */
export function nextIntervalMs(facts: PassFacts): number {
  if (facts.budgetLow) return slowestIntervalMs
  if (facts.result === 'failed')
    return Math.min(slowestIntervalMs, Math.max(defaultSyncIntervalMs, facts.intervalMs * 2))
  if (facts.result === 'partial') return retryPartialMs
  if (facts.busy) return fastIntervalMs
  return patience.find((step) => facts.unchangedPasses >= step.passes)?.intervalMs ?? defaultSyncIntervalMs
}

/** What a pass says about the account (P7.2). A dead token is worth more than "partial". */
export function stateOfPass(result: PassResult, problem: ProviderErrorKind | null): AccountState {
  if (result === 'complete') return 'ok'
  if (problem === 'token_rejected') return 'revoked'
  if (result === 'partial') return 'partial'
  if (problem === 'budget_exhausted') return 'rate_limited'
  return (problem && stateAfter(problem)) ?? 'outage'
}

/** Passes without a change between two looks at what was done outside; a change is always a reason to look. */
const outsideEvery = 5

/** Before the first complete pass there is nothing to compare with. */
export const shouldLookOutside = (changed: number, previousUnchanged: number, lastSyncAt: number | null): boolean =>
  lastSyncAt !== null && (changed > 0 || previousUnchanged % outsideEvery === 0)

const priceWindowMs = minutes(10)

/** Once a day; when that fails, again in the next ten minutes, not in every pass. */
export function shouldReadPrices(latestDay: string | null, today: string, lastSyncAt: number | null, now: number) {
  if (latestDay === today) return false
  return lastSyncAt === null || Math.floor(lastSyncAt / priceWindowMs) !== Math.floor(now / priceWindowMs)
}
