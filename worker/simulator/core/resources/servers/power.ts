import { refused, type ApiError } from '../../errors.ts'
import type { Context, Reply } from '../../http.ts'
import type { ServerRecord } from '../../types.ts'
import { requireServer } from '../shared.ts'
import { booted, doneAtOnce, setServer, shutdownTag, startServerAction } from './start.ts'

/** off → starting → running. A running server stays as it is. */
export function powerOn(context: Context): Reply {
  const server = requireServer(context)
  if (server.status === 'running') return doneAtOnce(context, server, 'start_server')
  if (server.ipv4 === null && server.ipv6 === null && server.privateNet.length === 0) {
    throw refused('service_error', 'server has no network interface')
  }
  return startServerAction(context, server, {
    command: 'start_server',
    seconds: 4,
    now: { status: 'starting' },
    effects: [{ seconds: 4, effect: booted(server) }],
  })
}

/** running → stopping → off. */
export function powerOff(context: Context): Reply {
  const server = requireServer(context)
  if (server.status === 'off') return doneAtOnce(context, server, 'stop_server')
  return replacingShutdown(context, server, () =>
    startServerAction(context, server, {
      command: 'stop_server',
      seconds: 2,
      now: { status: 'stopping' },
      effects: [{ seconds: 2, effect: setServer(server, { status: 'off', offSince: context.now }) }],
    }),
  )
}

/** The action ends when the signal was sent; the server goes off some seconds later. */
export function shutdown(context: Context): Reply {
  const server = requireRunning(context)
  return replacingShutdown(context, server, () =>
    startServerAction(context, server, {
      command: 'shutdown_server',
      seconds: 1,
      effects: [
        {
          seconds: 5,
          effect: setServer(server, { status: 'off', offSince: context.now }),
          tag: shutdownTag(server),
        },
      ],
    }),
  )
}

export function reboot(context: Context): Reply {
  const server = requireRunning(context)
  return replacingShutdown(context, server, () =>
    startServerAction(context, server, {
      command: 'reboot_server',
      seconds: 5,
      effects: [
        { seconds: 1, effect: setServer(server, { status: 'starting' }) },
        { seconds: 5, effect: booted(server) },
      ],
    }),
  )
}

export function reset(context: Context): Reply {
  const server = requireRunning(context)
  return replacingShutdown(context, server, () =>
    startServerAction(context, server, {
      command: 'reset_server',
      seconds: 4,
      now: { status: 'starting' },
      effects: [{ seconds: 4, effect: booted(server) }],
    }),
  )
}

/** Runs a power action that, once accepted, makes an earlier shutdown obsolete. */
function replacingShutdown(context: Context, server: ServerRecord, run: () => Reply): Reply {
  if (server.lockedBy === null) context.world.cancel(shutdownTag(server))
  return run()
}

function requireRunning(context: Context): ServerRecord {
  const server = requireServer(context)
  if (server.status === 'off') throw notRunning()
  return server
}

export function notRunning(): ApiError {
  return refused('service_error', 'server is not running')
}
