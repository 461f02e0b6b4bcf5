import { api, call } from '#lib/api/index.ts'
import { ApiError, toApiError } from '#lib/errors/index.ts'
import { formatClock } from '#lib/format/index.ts'
import { m } from '#lib/paraglide/messages.js'
import { toastError, toastInfo } from '#lib/ui/toast.ts'
import { callName, type Operation, type PowerAction, type Server } from '../types.ts'
import { outcomes } from './outcomes.ts'
import { powerFaces, toPowerAction } from './power-actions.ts'

export type PowerTarget = Pick<Server, 'id' | 'name' | 'displayName' | 'account'>
type Listener = (operation: Operation) => void

/** Power actions, from the question to the accepted operation. One dialog serves list, page and palette. */
class Power {
  #listeners = new Set<Listener>()
  /** What is being asked about; the dialog shows it while `open`. */
  request = $state.raw<{ server: PowerTarget; action: PowerAction } | null>(null)
  open = $state(false)

  /** Asks for as much confirmation as the action needs, or does it at once. */
  ask(server: PowerTarget, action: PowerAction): void {
    if (powerFaces[action].weight === 'none') {
      void this.run(server, action).catch((error: unknown) =>
        toastError(error, powerFaces[action].failed({ name: callName(server) })),
      )
      return
    }
    this.request = { server, action }
    this.open = true
  }

  /** @throws ApiError, with words of our own where somebody else holds the server */
  async run(server: PowerTarget, action: PowerAction, confirmName?: string): Promise<void> {
    try {
      const operation = await call(
        api.POST('/api/v1/servers/{serverId}/actions', {
          params: { path: { serverId: server.id } },
          body: { action, ...(confirmName === undefined ? {} : { confirmName }) },
        }),
      )
      this.accepted(operation)
    } catch (error) {
      const failure = toApiError(error)
      const lost = failure.meta['operationId']
      if (failure.code !== 'outcome_unknown' || typeof lost !== 'string') throw inOurWords(failure)
      toastInfo(m.servers_lost({ name: callName(server) }), m.servers_lost_text())
      outcomes.follow({ id: lost, serverName: callName(server) })
    }
  }

  /** Tells everybody on screen that an operation has begun, and follows it to its end. */
  accepted(operation: Operation): void {
    outcomes.follow(operation)
    for (const listener of this.#listeners) listener(operation)
  }

  onaccepted(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}

/** "Ada is already restarting it, since 14:03": who holds it, what for, since when. */
export function inOurWords(error: ApiError): ApiError {
  const { by, action, since } = error.meta
  if (error.code !== 'locked' || typeof action !== 'string') return error
  const power = toPowerAction(action)
  const words = m.servers_locked({
    by: typeof by === 'string' && by !== '' ? by : m.servers_the_system(),
    doing: power ? powerFaces[power].doing() : m.servers_working(),
    since: typeof since === 'string' ? formatClock(new Date(since)) : '',
  })
  return new ApiError({ ...error, message: error.message, words })
}

export const power = new Power()
