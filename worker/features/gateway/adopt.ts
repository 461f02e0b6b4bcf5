import { describeError } from '../../kernel/log.ts'
import { adoptServer } from '../sync/index.ts'
import type { GatewayRequest } from './request.ts'

/** What a client has just made, it sees: also one that sees only by our own record of it. */
export async function adoptQuietly({ ctx, accountId }: GatewayRequest, providerId: string): Promise<void> {
  try {
    await adoptServer(ctx, accountId, providerId)
  } catch (error) {
    ctx.log.warn('gateway.adopt_failed', { accountId, error: describeError(error) })
  }
}
