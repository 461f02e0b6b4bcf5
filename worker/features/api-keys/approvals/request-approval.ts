import type { Ctx } from '../../../context.ts'
import type { KeyFacet } from '../../../kernel/actor.ts'
import { minutes } from '../../../kernel/clock.ts'
import { AppError } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/id.ts'
import { mutate } from '../../../kernel/mutate.ts'
import { getUserOrThrow, type Destructive } from '../../identity/index.ts'
import { keyTarget } from '../to-key.ts'
import { insertApproval, selectOpenApprovals } from './approvals.store.ts'

/** How long a request waits for an answer, and how long an approved one may then be made, ms. */
export const approvalLifetimeMs = minutes(10)

/** Requests of one key that may wait at once: more is not somebody looking at their phone. */
const waitingLimit = 10

export interface Ask {
  /** What the person reads where nothing better is known: method and path. */
  operation: string
  /** Of everything that makes this request this one: another body is another request. */
  requestHash: string
  /** What it would do, and to what. */
  about: Partial<Destructive>
}

/**
 * Asks a key's person for their passkey, and tells their open dashboards. The same request asked again is the same
 * question. @returns the refusal for whoever holds the key, with where to answer
 * @throws AppError `rate_limited` where too many wait
 */
export async function requestApproval(ctx: Ctx, ask: Ask): Promise<AppError> {
  const actor = getUserOrThrow(ctx)
  if (!actor.key) throw new Error('only a key asks')
  const waiting = await selectOpenApprovals(ctx.db, actor.key.id, ctx.clock.now())
  const known = waiting.find(({ requestHash, approvedAt }) => requestHash === ask.requestHash && approvedAt === null)
  if (!known && waiting.length >= waitingLimit) throw tooMany()
  const approvalId = known?.id ?? (await insert(ctx, actor.id, actor.key, ask))
  const url = `${ctx.config.publicOrigin}/approvals/${approvalId}`
  return new AppError('approval_required', {
    hint: `${actor.name} can approve it at ${url}; then send exactly this request again within ten minutes.`,
    meta: { approvalId, url },
  })
}

async function insert(ctx: Ctx, userId: string, key: KeyFacet, { operation, requestHash, about }: Ask) {
  const now = ctx.clock.now()
  const id = newId('apr', now)
  const { action, target } = about
  const row = {
    id,
    userId,
    keyId: key.id,
    operation,
    requestHash,
    ip: ctx.ip,
    userAgent: ctx.userAgent,
    requestedAt: now,
    action,
    targetType: target?.type,
    targetId: target?.id,
    targetName: target?.name,
    expiresAt: now + approvalLifetimeMs,
  }
  await mutate(ctx, {
    action: 'api_key.request_approval',
    permission: 'self',
    target: keyTarget(key),
    run: async (op) => {
      await op.commit(insertApproval(ctx.db, row, waitingLimit, now), { after: { approval: id, operation } })
      op.publish({ type: 'approval.requested', userId, approvalId: id })
    },
  }).catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'conflict' ? tooMany() : error
  })
  return id
}

const tooMany = () =>
  new AppError('rate_limited', {
    message: 'Too many requests of this key wait for approval.',
    meta: { retryAfterS: approvalLifetimeMs / 1_000 },
  })
