import { z } from 'zod'
import { ProviderError, type Forward, type ForwardRequest } from '../provider.ts'
import type { Call, Handler, Layer, Reply } from './call.ts'
import type { ClientOptions } from './client.ts'
import { fromReply } from './errors.ts'
import { auth } from './handlers/auth.ts'
import { budget } from './handlers/budget.ts'
import { record } from './handlers/record.ts'
import { redact } from './handlers/redact.ts'
import { send } from './handlers/send.ts'
import { defaultTimeouts, timeout } from './handlers/timeout.ts'

/** The same chain as the client's, without what reads the answer: that is the gateway's. */
export function createForward(options: ClientOptions): Forward {
  const { session, clock, log } = options
  const layers: Layer[] = [
    record(options.record, session, clock, log),
    redact(session.token),
    refuseOutages,
    budget(options.budget, session, log),
    timeout(options.timeouts ?? defaultTimeouts),
    auth(session.token),
  ]
  const handle = layers.reduceRight<Handler>((next, layer) => layer(next), send(options.baseUrl, options.fetch))
  return async (request) => {
    try {
      return await handle(toCall(request))
    } catch (error) {
      if (error instanceof Answered) return error.reply
      throw error
    }
  }
}

/** A failure of the provider that came with an answer. */
class Answered extends ProviderError {
  readonly reply: Reply

  constructor({ kind, facts }: ProviderError, reply: Reply) {
    super(kind, facts)
    this.reply = reply
  }
}

/** What belongs into the provider log (P5.2): outages, limits and a dead token, not what a client did wrong. */
const refuseOutages: Layer = (next) => async (call) => {
  const reply = await next(call)
  if (reply.status < 500 && reply.status !== 429 && reply.status !== 401) return reply
  throw new Answered(fromReply(call, reply), reply)
}

function toCall({ method, path, query, body }: ForwardRequest): Call {
  const access = method === 'GET' ? 'read' : 'write'
  return {
    operation: { method, path, access, idempotent: access === 'read' },
    path,
    query,
    body,
    schema: z.unknown(),
    expects: [],
    attempt: 1,
    headers: {},
    signal: undefined,
  }
}
