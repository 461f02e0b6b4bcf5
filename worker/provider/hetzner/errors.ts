import { z } from 'zod'
import { describeError } from '../../kernel/log.ts'
import { ProviderError, type ProviderErrorFacts, type ProviderErrorKind } from '../provider.ts'
import type { Call, Reply } from './call.ts'

/** The provider's codes (FACTS §2); every other one is decided by its status. */
const kindByCode = new Map<string, ProviderErrorKind>([
  ['unauthorized', 'token_rejected'],
  ['token_readonly', 'token_read_only'],
  ['forbidden', 'forbidden'],
  ['maintenance', 'maintenance'],
  ['resource_limit_exceeded', 'quota'],
  ['not_found', 'not_found'],
  ['conflict', 'conflict'],
  ['resource_unavailable', 'capacity'],
  ['placement_error', 'capacity'],
  ['no_space_left_in_location', 'capacity'],
  ['locked', 'locked'],
  ['resource_locked', 'locked'],
  ['protected', 'protected'],
  ['rate_limit_exceeded', 'rate_limited'],
  ['server_error', 'unavailable'],
  ['bad_gateway', 'unavailable'],
  ['unavailable', 'unavailable'],
  ['timeout', 'unavailable'],
  ['robot_unavailable', 'unavailable'],
  // Not changed concurrently but taken: trying again cannot help.
  ['uniqueness_error', 'rejected'],
])

const kindByStatus = new Map<number, ProviderErrorKind>([
  [401, 'token_rejected'],
  [403, 'forbidden'],
  [404, 'not_found'],
  [409, 'conflict'],
  [423, 'locked'],
  [429, 'rate_limited'],
])

/** Statuses that say enough beside a code we do not know. Only `unauthorized` means a dead token (FACTS §1). */
const telling = new Map<number, ProviderErrorKind>([
  [401, 'forbidden'],
  [403, 'forbidden'],
  [429, 'rate_limited'],
])

/** On the code first, then on the bare status. A code we do not know says only what its status class says. */
export function kindOf(status: number, code: string | null): ProviderErrorKind {
  const known = code === null ? kindByStatus.get(status) : (kindByCode.get(code) ?? telling.get(status))
  if (known) return known
  if (status >= 500) return 'unavailable'
  return status >= 400 ? 'rejected' : 'malformed'
}

const envelope = z.object({
  error: z.object({ code: z.string().min(1).max(100), message: z.string().catch('') }),
})

/** A refusal or failure the provider answered with. */
export function fromReply(call: Call, reply: Reply): ProviderError {
  const body = envelope.safeParse(tryJson(reply.text))
  const code = body.success ? body.data.error.code : null
  const detail = body.success ? body.data.error.message : `HTTP ${reply.status} ${reply.text}`
  const kind = kindOf(reply.status, code)
  return new ProviderError(kind, {
    ...factsOf(call, detail, reply),
    providerCode: code,
    maybeSent: isWrite(call) && mayHaveActed(reply.status),
  })
}

/** A 503 is refused at the door; behind any other 5xx, and behind a redirect, the work may have been done. */
const mayHaveActed = (status: number) => status < 400 || (status >= 500 && status !== 503)

/** An answer that cannot be read. A write it belongs to has probably been carried out. */
export const malformed = (call: Call, reply: Reply, detail: string): ProviderError =>
  new ProviderError('malformed', { ...factsOf(call, detail, reply), maybeSent: isWrite(call) })

/** The connection failed or was cut. Whether the request arrived cannot be told from here: for a write, it may have. */
export const unreachable = (call: Call, error: unknown): ProviderError =>
  new ProviderError('unreachable', { ...factsOf(call, describeError(error)), maybeSent: isWrite(call) }, error)

export const timedOut = (call: Call, ms: number): ProviderError =>
  new ProviderError('timeout', { ...factsOf(call, `no answer within ${ms} ms`), maybeSent: isWrite(call) })

/** Nothing was sent: the rest of the account's budget is kept for people. */
export const budgetExhausted = (call: Call, retryAfterS: number): ProviderError =>
  new ProviderError('budget_exhausted', factsOf(call, `kept for people; next in ${retryAfterS} s`))

const isWrite = (call: Call) => call.operation.access === 'write'

function factsOf(call: Call, detail: string, reply?: Reply): ProviderErrorFacts {
  return {
    method: call.operation.method,
    path: call.path,
    status: reply?.status ?? null,
    providerCode: null,
    correlationId: reply?.headers.get('x-correlation-id')?.slice(0, 64) ?? null,
    detail: detail.replace(/\s+/g, ' ').trim().slice(0, 500),
    maybeSent: false,
  }
}

export function tryJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
