import type { Audience, LiveEvent, LivePublisher } from '../kernel/live.ts'
import { describeError, type Logger } from '../kernel/log.ts'
import type { LiveHub } from './live-hub.ts'

export interface LiveListener {
  userId: string
  sessionId: string
  sees: readonly Audience[]
}

export interface LivePort extends LivePublisher {
  /** Tells and closes the sockets of these sessions now; their number, or null when the hub did not answer. */
  endSessions(sessionIds: readonly string[]): Promise<number | null>
  /** Has this person's dashboards connect anew, under the rights they have now. */
  renew(userId: string): Promise<void>
  /** Hands an authenticated upgrade request to the hub. */
  connect(request: Request, listener: LiveListener): Promise<Response>
}

export function createLive(
  namespace: DurableObjectNamespace<LiveHub>,
  defer: (work: Promise<unknown>) => void,
  log: Logger,
): LivePort {
  const hub = () => namespace.get(namespace.idFromName('main'))
  let waiting: LiveEvent[] = []

  /** What is published in one go travels in one call. */
  async function flush(): Promise<void> {
    await Promise.resolve()
    const events = waiting
    waiting = []
    try {
      await hub().publish(events)
    } catch (error) {
      log.warn('live.publish_failed', { events: events.length, error: describeError(error) })
    }
  }

  return {
    publish(event) {
      const text = JSON.stringify(event)
      if (waiting.some((other) => JSON.stringify(other) === text)) return
      waiting.push(event)
      if (waiting.length === 1) defer(flush())
    },
    async endSessions(sessionIds) {
      if (sessionIds.length === 0) return 0
      try {
        return await hub().endSessions(sessionIds)
      } catch (error) {
        log.warn('live.end_sessions_failed', { sessions: sessionIds.length, error: describeError(error) })
        return null
      }
    },
    async renew(userId) {
      try {
        await hub().renew(userId)
      } catch (error) {
        log.warn('live.renew_failed', { error: describeError(error) })
      }
    },
    connect(request, listener) {
      const headers = new Headers({ Upgrade: 'websocket' })
      headers.set('x-live-user', listener.userId)
      headers.set('x-live-session', listener.sessionId)
      headers.set('x-live-sees', listener.sees.join(','))
      return hub().fetch(new Request(new URL('/', request.url), { headers }))
    },
  }
}
