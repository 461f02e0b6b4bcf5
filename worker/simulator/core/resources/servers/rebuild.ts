import { findServerType, serverTypeByName, type ServerType } from '../../catalogue/server-types.ts'
import { invalidField, protectedError, refused, resourceUnavailable } from '../../errors.ts'
import { isSoldOut } from '../../faults.ts'
import type { Context, Reply } from '../../http.ts'
import { randomAlphanumeric } from '../../random.ts'
import type { ServerRecord } from '../../types.ts'
import { requireServer } from '../shared.ts'
import { resolveImage } from './resolve.ts'
import { booted, setServer, startServerAction } from './start.ts'

/** Overwrites the disk with an image: any status → rebuilding → running. */
export function rebuild(context: Context): Reply {
  const server = requireServer(context)
  const reference = context.body.requiredReference('image')
  if (server.protection.rebuild) throw protectedError('server rebuild is protected')
  const type = serverTypeByName(server.type)
  const image = resolveImage(context, reference, type.architecture, server.diskSize)
  return startServerAction(
    context,
    server,
    {
      command: 'rebuild_server',
      seconds: 10,
      resources: [
        { id: server.id, type: 'server' },
        { id: image.id, type: 'image' },
      ],
      now: { status: 'rebuilding' },
      effects: [
        { seconds: 10, effect: setServer(server, { image: image.id }) },
        { seconds: 10, effect: booted(server) },
      ],
    },
    { root_password: server.keyLogin ? null : randomAlphanumeric(20) },
  )
}

/** off → migrating → off → running on another type. A disk never shrinks. */
export function changeType(context: Context): Reply {
  const server = requireServer(context)
  const reference = context.body.requiredReference('server_type')
  const upgradeDisk = context.body.requiredBoolean('upgrade_disk')
  const target = findServerType(reference)
  if (!target) throw invalidField('server_type', `server type ${reference} not found`)
  if (server.status !== 'off') throw refused('server_not_stopped', 'server must be stopped')
  assertFits(server, target)
  if (target.soldOut.includes(server.location) || isSoldOut(context.world, target.name, server.location)) {
    throw resourceUnavailable('error during placement')
  }
  const diskSize = upgradeDisk ? target.disk : server.diskSize
  return startServerAction(context, server, {
    command: 'change_server_type',
    seconds: 12,
    now: { status: 'migrating' },
    effects: [
      { seconds: 8, effect: setServer(server, { status: 'off', type: target.name, diskSize }) },
      { seconds: 9, effect: setServer(server, { status: 'starting' }) },
      { seconds: 12, effect: booted(server) },
    ],
  })
}

function assertFits(server: ServerRecord, target: ServerType): void {
  const current = serverTypeByName(server.type)
  const problem =
    target.name === current.name
      ? 'server already has this type'
      : target.retired !== null || !(server.location in target.prices)
        ? 'server type is not available in this location'
        : target.architecture !== current.architecture
          ? 'server type has another architecture'
          : target.disk < server.diskSize
            ? 'server type has a smaller disk'
            : null
  if (problem) throw refused('invalid_server_type', problem)
}
