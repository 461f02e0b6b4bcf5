import type { Ctx } from '../../context.ts'
import { authorize } from '../../kernel/authorize.ts'
import type { SessionActor } from '../../kernel/actor.ts'
import { AppError } from '../../kernel/errors.ts'
import { audiences, type Audience } from '../../kernel/live.ts'
import { hasEverywhere } from '../../kernel/reach.ts'
import { getSessionActorOrThrow } from '../identity/index.ts'

/**
 * Opens the socket on which a dashboard is told what changed (docs/decisions/0004). It ends with the session.
 * Needs `servers:read`.
 * @throws AppError `invalid_input` for anything but a WebSocket upgrade
 */
export async function connectLive(ctx: Ctx, request: Request): Promise<Response> {
  authorize(ctx.actor, 'servers:read')
  const actor = getSessionActorOrThrow(ctx)
  if (request.headers.get('upgrade')?.toLowerCase() !== 'websocket') {
    throw new AppError('invalid_input', { message: 'Open this as a WebSocket.' })
  }
  return ctx.live.connect(request, { userId: actor.id, sessionId: actor.sessionId, sees: audiencesOf(actor) })
}

function audiencesOf(actor: SessionActor): Audience[] {
  const seen: Record<Audience, boolean> = {
    owners: actor.role === 'OWNER',
    fleet: hasEverywhere(actor, 'servers:read'),
    accounts: hasEverywhere(actor, 'accounts:read'),
    record: hasEverywhere(actor, 'audit:read'),
  }
  return audiences.filter((audience) => seen[audience])
}
