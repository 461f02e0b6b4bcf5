import type { z } from 'zod'
import type { Clock } from '../../kernel/clock.ts'
import type { Logger } from '../../kernel/log.ts'
import type { RateLimitPort } from '../../kernel/rate-limit.ts'
import type { ProviderErrorKind, ProviderSession } from '../provider.ts'
import type { Call, Handler, Layer } from './call.ts'
import { auth } from './handlers/auth.ts'
import { budget } from './handlers/budget.ts'
import { mapErrors } from './handlers/map-errors.ts'
import { parse } from './handlers/parse.ts'
import { keep, record, type Recorder } from './handlers/record.ts'
import { redact } from './handlers/redact.ts'
import { retry } from './handlers/retry.ts'
import { send } from './handlers/send.ts'
import { defaultTimeouts, timeout, type Timeouts } from './handlers/timeout.ts'
import { fillPath, type Operation } from './operations/index.ts'

export interface ClientOptions {
  baseUrl: string
  fetch: typeof fetch
  session: ProviderSession
  clock: Clock
  budget: RateLimitPort
  record: Recorder
  sleep: (ms: number) => Promise<void>
  /** In [0, 1). */
  random: () => number
  log: Logger
  timeouts?: Timeouts | undefined
}

export interface RequestInput<T> {
  params?: Readonly<Record<string, string>>
  query?: readonly (readonly [string, string])[]
  body?: unknown
  schema: z.ZodType<T>
  /** Failures that are an answer to this call: thrown, but not recorded. */
  expects?: readonly ProviderErrorKind[]
}

export interface Client {
  /** @throws ProviderError, and nothing else but our own mistakes. */
  request<T>(operation: Operation, input: RequestInput<T>): Promise<T>
  /** Leaves a row about an answer that was usable only in part. */
  reportPartial(operation: Operation, detail: string): Promise<void>
}

/** The order of the handlers is important: each one sees the calls of those above it and the answers of those below. */
export function createClient(options: ClientOptions): Client {
  const { session, clock, log } = options
  const layers: Layer[] = [
    // Repeats everything below, as the policy allows.
    retry({ priority: session.priority, sleep: options.sleep, random: options.random }),
    // One row for each attempt that failed, for whatever reason.
    record(options.record, session, clock, log),
    // Before anything is written down.
    redact(session.token),
    // Body → value, or `malformed`.
    parse,
    // Any status but 2xx → ProviderError.
    mapErrors,
    // Sees every answer's remaining count, refusals included; waiting for it is not part of the timeout.
    budget(options.budget, session, log),
    // From here to the last byte of the answer.
    timeout(options.timeouts ?? defaultTimeouts),
    // Last, so that the token is known to nothing above.
    auth(session.token),
  ]
  const handle = layers.reduceRight<Handler>((next, layer) => layer(next), send(options.baseUrl, options.fetch))
  return {
    async request<T>(operation: Operation, input: RequestInput<T>): Promise<T> {
      const reply = await handle(toCall(operation, input))
      return reply.value as T
    },
    async reportPartial({ method, path }, detail) {
      const facts = { method, path, status: 200, providerCode: null, correlationId: null, detail, maybeSent: false }
      const { accountId, requestId } = session
      const at = clock.now()
      await keep(options.record, { accountId, kind: 'malformed', facts, attempt: 1, durationMs: 0, requestId, at }, log)
    },
  }
}

function toCall<T>(operation: Operation, input: RequestInput<T>): Call {
  return {
    operation,
    path: fillPath(operation, input.params),
    query: input.query ?? [],
    body: input.body,
    schema: input.schema,
    expects: input.expects ?? [],
    attempt: 1,
    headers: {},
    signal: undefined,
  }
}
