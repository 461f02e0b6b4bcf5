import { DurableObject } from 'cloudflare:workers'
import type { LiveEvent } from '../kernel/live.ts'

interface Listener {
  userId: string
  sessionId: string
}

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
    }
    const pair = new WebSocketPair()
    this.ctx.acceptWebSocket(pair[1], [`user:${listener.userId}`, `session:${listener.sessionId}`])
    pair[1].serializeAttachment(listener)
    return new Response(null, { status: 101, webSocket: pair[0] })
  }

  publish(event: LiveEvent): void {
    const text = JSON.stringify(event)
    for (const socket of this.ctx.getWebSockets()) {
      try {
        socket.send(text)
      } catch {
        // A socket that is gone closes by itself; the others still get the event.
      }
    }
    if (event.type === 'session.ended') for (const id of event.sessionIds) this.#close(`session:${id}`)
  }

  connections(): number {
    return this.ctx.getWebSockets().length
  }

  override webSocketMessage(): void {
    // Dashboards only listen; the heartbeat is answered by the runtime without waking this object.
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    socket.close(code === 1005 || code === 1006 ? 1000 : code)
  }

  #close(tag: string): void {
    for (const socket of this.ctx.getWebSockets(tag)) socket.close(4401, 'session ended')
  }
}
