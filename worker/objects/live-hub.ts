import { DurableObject } from 'cloudflare:workers'
import { audienceOf, type LiveEvent } from '../kernel/live.ts'

interface Listener {
  userId: string
  sessionId: string
  /** What it is told of by id (kernel/live.ts). */
  sees: string[]
  /** ms since epoch */
  since: number
}

/** Close codes of our own: sign in again, and open it again. */
export const closeCodes = { sessionEnded: 4401, renew: 4408 } as const

/** A socket is as good as the session it was opened with; after this it has to show a living one again. */
const maxAgeMs = 3_600_000

/** Sockets of every open dashboard, hibernating while nothing happens. */
export class LiveHub extends DurableObject<Env> {
  constructor(state: DurableObjectState, env: Env) {
    super(state, env)
    state.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'))
  }

  /** Called by the worker after authentication; `x-live-*` headers never come from outside (live-hub-client.ts). */
  override async fetch(request: Request): Promise<Response> {
    const listener: Listener = {
      userId: request.headers.get('x-live-user') ?? '',
      sessionId: request.headers.get('x-live-session') ?? '',
      sees: (request.headers.get('x-live-sees') ?? '').split(','),
      since: Date.now(),
    }
    const pair = new WebSocketPair()
    const tags = [`session:${listener.sessionId}`, `user:${listener.userId}`]
    this.ctx.acceptWebSocket(pair[1], tags)
    pair[1].serializeAttachment(listener)
    return new Response(null, { status: 101, webSocket: pair[0] })
  }

  /** In order. Whose session ends is nobody else's business: that one goes to its own sockets, and closes them. */
  publish(events: readonly LiveEvent[]): void {
    for (const event of events) {
      if (event.type === 'session.ended') this.endSessions(event.sessionIds)
    }
    const oldest = Date.now() - maxAgeMs
    for (const socket of this.ctx.getWebSockets()) {
      const listener = socket.deserializeAttachment() as Listener
      if (listener.since < oldest) close(socket, closeCodes.renew, 'renew')
      else for (const text of textsFor(listener, events)) send(socket, text)
    }
  }

  connections(): number {
    return this.ctx.getWebSockets().length
  }

  override webSocketMessage(): void {
    // Dashboards only listen; the heartbeat is answered by the runtime without waking this object.
  }

  override webSocketClose(socket: WebSocket): void {
    close(socket, 1000, 'bye')
  }

  override webSocketError(socket: WebSocket): void {
    close(socket, 1011, 'error')
  }

  /** With the role a socket had, its right to be told ended: the dashboard opens it again under the new one. */
  renew(userId: string): void {
    for (const socket of this.ctx.getWebSockets(`user:${userId}`)) close(socket, closeCodes.renew, 'renew')
  }

  /** How many sockets were closed. */
  endSessions(sessionIds: readonly string[]): number {
    let closed = 0
    for (const id of sessionIds) {
      for (const socket of this.ctx.getWebSockets(`session:${id}`)) {
        send(socket, JSON.stringify({ type: 'session.ended', sessionIds: [id] } satisfies LiveEvent))
        close(socket, closeCodes.sessionEnded, 'session ended')
        closed += 1
      }
    }
    return closed
  }
}

/** In order; what is not for this listener shrinks to one hint that the fleet changed. */
function textsFor({ userId, sees }: Listener, events: readonly LiveEvent[]): Set<string> {
  return new Set(
    events.flatMap((event) => {
      if (event.type === 'session.ended') return []
      if (event.type === 'approval.requested') return event.userId === userId ? [JSON.stringify(event)] : []
      const audience = audienceOf(event)
      if (sees.includes(audience)) return [JSON.stringify(event)]
      const hint: LiveEvent = { type: 'fleet.changed' }
      return audience === 'fleet' || audience === 'accounts' ? [JSON.stringify(hint)] : []
    }),
  )
}

/** A socket that is gone closes by itself; the others still get the event. */
function send(socket: WebSocket, text: string): void {
  try {
    socket.send(text)
  } catch {
    close(socket, 1011, 'gone')
  }
}

function close(socket: WebSocket, code: number, reason: string): void {
  try {
    socket.close(code, reason)
  } catch {
    // Already closed.
  }
}
