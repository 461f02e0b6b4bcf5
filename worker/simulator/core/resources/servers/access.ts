import { startAction, toWireAction } from '../../actions.ts'
import { invalidField } from '../../errors.ts'
import { created, type Context, type Reply } from '../../http.ts'
import { randomAlphanumeric, randomHex } from '../../random.ts'
import { HOUR } from '../../time.ts'
import type { ServerRecord } from '../../types.ts'
import { requireServer } from '../shared.ts'
import { resolveSshKeys } from './ssh-key-references.ts'
import { notRunning } from './power.ts'
import { doneAtOnce, setServer, startServerAction } from './start.ts'

/** The rescue system boots next; it is forgotten after one boot or an hour. */
export function enableRescue(context: Context): Reply {
  const server = requireServer(context)
  const type = context.body.string('type') ?? 'linux64'
  const references = context.body.list('ssh_keys')
  context.body.check()
  if (type !== 'linux64') throw invalidField('type', 'must be linux64')
  resolveSshKeys(context, references)
  const reply = startServerAction(
    context,
    server,
    {
      command: 'enable_rescue',
      seconds: 1,
      effects: [{ seconds: 1, effect: setServer(server, { rescue: true }) }],
    },
    { root_password: randomAlphanumeric(20) },
  )
  const { world, project, now } = context
  world.cancel(rescueTag(server))
  world.schedule(project.id, now + HOUR, setServer(server, { rescue: false }), rescueTag(server))
  return reply
}

export function disableRescue(context: Context): Reply {
  const server = requireServer(context)
  if (!server.rescue) return doneAtOnce(context, server, 'disable_rescue')
  const reply = startServerAction(context, server, {
    command: 'disable_rescue',
    seconds: 1,
    effects: [{ seconds: 1, effect: setServer(server, { rescue: false }) }],
  })
  context.world.cancel(rescueTag(server))
  return reply
}

/** Needs a running server (and its guest agent, which every simulated server has). */
export function resetPassword(context: Context): Reply {
  const server = requireServer(context)
  if (server.status !== 'running') throw notRunning()
  const beside = { root_password: randomAlphanumeric(20) }
  return startServerAction(context, server, { command: 'reset_password', seconds: 2 }, beside)
}

/** A console address for one minute; it changes nothing, so a lock does not matter. */
export function requestConsole(context: Context): Reply {
  const server = requireServer(context)
  const action = startAction(context, {
    command: 'request_console',
    seconds: 0,
    resources: [{ id: server.id, type: 'server' }],
  })
  return created({
    wss_url: `wss://console.simulator.internal/?server_id=${server.id}&token=${randomHex(32)}`,
    password: randomAlphanumeric(12),
    action: toWireAction(action, context.now),
  })
}

function rescueTag(server: ServerRecord): string {
  return `rescue:${server.id}`
}
