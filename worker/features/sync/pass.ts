import type { AccountState } from '../../db/schema/fleet.ts'
import { AppError, type ErrorCode } from '../../kernel/errors.ts'
import { describeError } from '../../kernel/log.ts'
import { toAppError } from '../../provider/app-error.ts'
import { ProviderError } from '../../provider/provider.ts'
import type { Listing } from './list-all-servers.ts'
import type { MirroredServer, MirrorResult } from './mirror.store.ts'
import type { LeasedAccount } from './pass.store.ts'
import { isTransitional, stateOfPass, type PassResult } from './rules.ts'

/** What a pass found and did. */
export interface Pass {
  result: PassResult
  state: AccountState
  /** What was seen, one word. */
  stateDetail: string | null
  errorCode: ErrorCode | null
  changed: string[]
  deleted: string[]
  servers: number
  requests: number
  busy: boolean
  budgetLow: boolean
  /** More is left to look at: the next pass is not to count as "nothing new". */
  unfinished: boolean
  /** For the log only. */
  detail?: string
}

const budgetKinds: ReadonlySet<string> = new Set(['budget_exhausted', 'rate_limited'])

export interface EndedPass {
  account: LeasedAccount
  listing: Listing
  servers: readonly MirroredServer[]
  written: MirrorResult
  requests: number
  unfinished: boolean
}

/** A pass that read at least its first page. */
export function endedPass({ account, listing, servers, written, requests, unfinished }: EndedPass): Pass {
  const { problem, exhaustive } = listing
  const kind = problem instanceof ProviderError ? problem.kind : null
  const result = problem === null ? 'complete' : 'partial'
  return {
    result,
    state: stateOfPass(result, kind),
    stateDetail: kind ?? (problem as string | null),
    errorCode: codeOf(problem),
    ...written,
    servers: servers.length,
    requests,
    busy: !exhaustive || account.operationsRunning || servers.some((server) => isTransitional(server.status)),
    budgetLow: kind !== null && budgetKinds.has(kind),
    unfinished,
  }
}

function codeOf(problem: Listing['problem']): ErrorCode | null {
  if (problem === null) return null
  return problem instanceof ProviderError ? toAppError(problem).code : 'provider_malformed'
}

/** A pass that learned nothing of the servers. Trouble of our own says nothing about the provider. */
export function failedPass(error: unknown, account: LeasedAccount): Pass {
  const nothing = { result: 'failed', changed: [], deleted: [], servers: 0, requests: 1, busy: false } as const
  const rest = { ...nothing, changed: [], deleted: [], unfinished: false }
  if (error instanceof ProviderError) {
    const state = stateOfPass('failed', error.kind)
    const budgetLow = budgetKinds.has(error.kind)
    return { ...rest, state, stateDetail: error.kind, errorCode: toAppError(error).code, budgetLow }
  }
  const errorCode = error instanceof AppError ? error.code : 'internal'
  const detail = error instanceof AppError ? (error.detail ?? error.message) : describeError(error)
  const own = { ...rest, errorCode, detail, budgetLow: false }
  if (errorCode === 'misconfigured') return { ...own, requests: 0, state: 'revoked', stateDetail: 'token_unreadable' }
  return { ...own, state: account.state, stateDetail: account.stateDetail }
}
