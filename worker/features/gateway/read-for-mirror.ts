import type { Ctx } from '../../context.ts'
import { AppError } from '../../kernel/errors.ts'
import type { MirrorAnswer, MirrorReply } from '../../objects/read-mirror.ts'
import { openAccountForward } from '../accounts/index.ts'

/** What clients need of an answer's headers (FACTS §13); everything else is the provider's own. */
const passed = ['content-type', 'ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset', 'x-correlation-id']

export const passedHeaders = (headers: Headers): Record<string, string> =>
  Object.fromEntries(passed.flatMap((name) => (headers.has(name) ? [[name, headers.get(name) ?? '']] : [])))

/** One read for all tools that ask for the same. */
export async function readForMirror(ctx: Ctx, accountId: string, target: string): Promise<MirrorReply> {
  try {
    return { answer: await readUpstream(ctx, accountId, target) }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { code, message, hint } = error
    return { failure: { code, message, ...(hint === undefined ? {} : { hint }) } }
  }
}

async function readUpstream(ctx: Ctx, accountId: string, target: string): Promise<MirrorAnswer> {
  const forward = await openAccountForward(ctx, accountId, 'person')
  const at = target.indexOf('?')
  const path = at < 0 ? target : target.slice(0, at)
  const query = at < 0 ? [] : [...new URLSearchParams(target.slice(at + 1))]
  const { status, headers, text } = await forward({ method: 'GET', path, query })
  return { status, headers: passedHeaders(headers), body: text }
}
