import type { Ctx } from '../../context.ts'
import { authorize } from '../../kernel/authorize.ts'
import { AppError } from '../../kernel/errors.ts'
import { getSessionActorOrThrow } from '../identity/index.ts'

/**
 * Opens the socket on which a dashboard is told what changed (docs/decisions/0004). It ends with the session.
 * Needs `servers:read`.
 * @throws AppError `invalid_input` for anything but a WebSocket upgrade
 */
export async function connectLive(ctx: Ctx, request: Request): Promise<Response> {
  authorize(ctx.actor, 'servers:read')
  if (request.headers.get('upgrade')?.toLowerCase() !== 'websocket') {
    throw new AppError('invalid_input', { message: 'Open this as a WebSocket.' })
  }
  const { id: userId, sessionId, role } = getSessionActorOrThrow(ctx)
  return ctx.live.connect(request, { userId, sessionId, role })
}
