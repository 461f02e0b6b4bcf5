import type { Ctx } from '../../context.ts'
import { AppError } from '../../kernel/errors.ts'
import type { PolledAction, PollReply } from '../../objects/action-polls.ts'
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

/** Actions that tools wait for, together. Ids that the provider does not know are missing in its answer (FACTS §3). */
export async function readActionsForMirror(ctx: Ctx, accountId: string, ids: readonly string[]): Promise<PollReply> {
  const reply = await readForMirror(ctx, accountId, `/actions?${ids.map((id) => `id=${id}`).join('&')}`)
  if ('failure' in reply || reply.answer.status !== 200) return reply
  const { actions } = JSON.parse(reply.answer.body) as { actions?: unknown }
  const list = Array.isArray(actions) ? (actions as Record<string, unknown>[]) : []
  return { actions: list.map(toPolled), headers: reply.answer.headers }
}

/** A status word that we have never seen is asked for again, until it is one that we have. */
const toPolled = (action: Record<string, unknown>): PolledAction => ({
  id: String(action['id']),
  running: action['status'] !== 'success' && action['status'] !== 'error',
  startedAt: Date.parse(String(action['started'])) || 0,
  text: JSON.stringify(action),
})

async function readUpstream(ctx: Ctx, accountId: string, target: string): Promise<MirrorAnswer> {
  const forward = await openAccountForward(ctx, accountId, 'person')
  const at = target.indexOf('?')
  const path = at < 0 ? target : target.slice(0, at)
  const query = at < 0 ? [] : [...new URLSearchParams(target.slice(at + 1))]
  const { status, headers, text } = await forward({ method: 'GET', path, query })
  return { status, headers: passedHeaders(headers), body: text }
}
