import { createMiddleware } from 'hono/factory'
import type { Ctx } from '../context.ts'
import { sha256 } from '../kernel/crypto.ts'
import type { AuditAction, AuditTargetType } from '../kernel/audit.ts'
import { AppError } from '../kernel/errors.ts'
import type { AppEnv } from './app-env.ts'

export interface ApprovalAsk {
  operation: string
  requestHash: string
  about: { action?: AuditAction; target?: { type: AuditTargetType; id: string; name: string } }
}

export interface ApprovalPort {
  /** Asks the key's person. @returns the refusal that says where they answer */
  request(ctx: Ctx, ask: ApprovalAsk): Promise<AppError>
  /** Uses up the approval of exactly this request: true once. */
  take(ctx: Ctx, requestHash: string): Promise<boolean>
}

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * "Approve on my phone" (DESIGN §5): a destructive act with a key that was made so is refused until its person has
 * approved it with a passkey; the same request, byte for byte, then counts as proven, once.
 */
export const approvals = (port: ApprovalPort) =>
  createMiddleware<AppEnv>(async function approvals(c, next) {
    const ctx = c.get('ctx')
    const { actor } = ctx
    const asks = actor.kind === 'user' && actor.key?.stepUp === 'destructive' && !safe.has(c.req.method)
    if (!asks) return next()
    const { pathname, search } = new URL(c.req.url)
    const operation = `${c.req.method} ${pathname}`
    const requestHash = await sha256(`${operation}${search}\n${await c.req.text()}`)
    if (await port.take(ctx, requestHash)) c.set('ctx', { ...ctx, actor: { ...actor, verifiedAt: ctx.clock.now() } })
    await next()
    // What is thrown below does not come through next(): it is an answer already, and is replaced by one that helps.
    const refusal: unknown = c.error
    if (refusal instanceof AppError && refusal.code === 'approval_required') {
      throw await port.request(ctx, { operation, requestHash, about: aboutOf(refusal) })
    }
    return undefined
  })

/** As `assertRecentlyVerified` put it there. */
function aboutOf({ meta }: AppError): ApprovalAsk['about'] {
  if (!meta?.['targetType']) return {}
  return {
    ...(meta['action'] ? { action: meta['action'] as AuditAction } : {}),
    target: {
      type: meta['targetType'] as AuditTargetType,
      id: String(meta['targetId'] ?? ''),
      name: String(meta['targetName'] ?? ''),
    },
  }
}
