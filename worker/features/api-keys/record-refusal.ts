import type { Ctx } from '../../context.ts'
import type { AppError } from '../../kernel/errors.ts'
import { newId } from '../../kernel/id.ts'
import type { Bucket } from '../../kernel/rate-limit.ts'
import type { KeyRow } from './api-keys.store.ts'

/** A row a minute for each key and reason: nobody floods the log by trying. */
const rows: Bucket = { capacity: 1, perSecond: 1 / 60 }

export interface KeyRefusal {
  key: Pick<KeyRow, 'id' | 'name'>
  /** Whom the key stands for; null where whoever asked did not even have its secret. */
  user: { id: string; name: string } | null
  error: AppError
}

/** Puts a refused use of a known key on the record (P1.5). */
export async function recordKeyRefusal(ctx: Ctx, { key, user, error }: KeyRefusal): Promise<void> {
  const reason = error.detail ?? error.code
  const { allowed } = await ctx.limits.take(`key-refusal:${key.id}:${reason}`, rows)
  if (!allowed) return
  const at = ctx.clock.now()
  await ctx.journal.append({
    id: newId('aud', at),
    operationId: newId('opr', at),
    at,
    phase: 'denied',
    action: 'api_key.use',
    actorKind: user ? 'user' : 'anonymous',
    actorId: user?.id ?? '',
    actorName: user?.name ?? '',
    targetType: 'api_key',
    targetId: key.id,
    targetName: key.name,
    reason: error.detail ?? null,
    errorCode: error.code,
    source: 'api',
    ip: ctx.ip,
    userAgent: ctx.userAgent,
    requestId: ctx.requestId,
    before: null,
    after: null,
    keyId: user ? key.id : null,
    keyName: user ? key.name : null,
  })
}
