import { createMiddleware } from 'hono/factory'
import type { Ctx } from '../context.ts'
import { actorIdentity, keyIdentity } from '../kernel/actor.ts'
import { sha256 } from '../kernel/crypto.ts'
import { AppError } from '../kernel/errors.ts'
import { describeError } from '../kernel/log.ts'
import type { AppEnv } from './app-env.ts'

export interface StoredAnswer {
  status: number
  body: string
}

/** `lost`: the first request died after it had begun this operation; nobody knows its answer. */
export type Claim = 'claimed' | 'running' | 'mismatch' | StoredAnswer | { lost: string }

export interface IdempotencyStore {
  /** Claims the key for this request, or tells what is known of it. */
  claim(ctx: Ctx, id: string, requestHash: string): Promise<Claim>
  complete(ctx: Ctx, id: string, answer: StoredAnswer): Promise<void>
  /** The request changed nothing: the same key may be tried again. */
  forget(ctx: Ctx, id: string): Promise<void>
}

const unsafe = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/**
 * `Idempotency-Key` on any unsafe call (DESIGN §4): the same key and body within 24 h gets the first answer; another
 * body is a 422; a repeat while the first is running is a 409.
 */
export const idempotency = (store: IdempotencyStore) =>
  createMiddleware<AppEnv>(async function idempotency(c, next) {
    const key = c.req.header('idempotency-key')
    const ctx = c.get('ctx')
    if (!key || !unsafe.has(c.req.method) || ctx.actor.kind === 'anonymous') return next()
    if (key.length > 200)
      throw new AppError('invalid_input', { fields: [{ path: 'Idempotency-Key', message: 'At most 200 characters.' }] })
    const { keyId } = keyIdentity(ctx.actor)
    const id = await sha256(`${actorIdentity(ctx.actor).id}\n${keyId === null ? '' : `${keyId}\n`}${key}`)
    const requestHash = await sha256(`${c.req.method}\n${new URL(c.req.url).pathname}\n${await c.req.text()}`)
    const known = await store.claim(ctx, id, requestHash)
    if (known === 'running') throw new AppError('idempotency_in_progress')
    if (known === 'mismatch') throw new AppError('idempotency_mismatch')
    if (known !== 'claimed') return replay(known)
    await next()
    try {
      if (c.get('answerIsSecret')) await store.forget(ctx, id)
      else await settle(store, ctx, id, c.res)
    } catch (error) {
      // The answer is true all the same; a repeat is refused instead of done twice.
      ctx.log.error('idempotency.settle_failed', { error: describeError(error) })
    }
    return undefined
  })

function replay(known: StoredAnswer | { lost: string }): Response {
  if ('lost' in known) {
    throw new AppError('outcome_unknown', {
      hint: 'The activity log says what became of it.',
      meta: { operationId: known.lost },
    })
  }
  const { status, body } = known
  const headers = { 'Idempotency-Replayed': 'true', ...(status === 204 ? {} : { 'Content-Type': 'application/json' }) }
  return new Response(status === 204 ? null : body, { status, headers })
}

/** A refusal changed nothing and may be tried again; a lost outcome may have, so its answer stays. */
async function settle(store: IdempotencyStore, ctx: Ctx, id: string, response: Response): Promise<void> {
  const body = await response.clone().text()
  const unknownOutcome = body.includes('"outcome_unknown"')
  if (response.status < 400 || unknownOutcome) await store.complete(ctx, id, { status: response.status, body })
  else await store.forget(ctx, id)
}
