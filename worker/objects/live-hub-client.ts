import type { LivePublisher } from '../kernel/live.ts'
import { describeError, type Logger } from '../kernel/log.ts'
import type { LiveHub } from './live-hub.ts'

export interface LivePort extends LivePublisher {
  /** Hands an authenticated upgrade request to the hub. */
  connect(request: Request, listener: { userId: string; sessionId: string }): Promise<Response>
}

export function createLive(
  namespace: DurableObjectNamespace<LiveHub>,
  defer: (work: Promise<unknown>) => void,
  log: Logger,
): LivePort {
  const hub = () => namespace.get(namespace.idFromName('main'))
  return {
    publish(event) {
      defer(
        (async () => {
          try {
            await hub().publish(event)
          } catch (error) {
            log.warn('live.publish_failed', { type: event.type, error: describeError(error) })
          }
        })(),
      )
    },
    connect(request, listener) {
      const headers = new Headers({ Upgrade: 'websocket' })
      headers.set('x-live-user', listener.userId)
      headers.set('x-live-session', listener.sessionId)
      return hub().fetch(new Request(new URL('/', request.url), { headers }))
    },
  }
}
