import { findLocation } from '../catalogue/locations.ts'
import { findServerType } from '../catalogue/server-types.ts'
import { invalidField } from '../errors.ts'
import { removeServer } from '../resources/servers/delete.ts'
import type { ServerRecord } from '../types.ts'
import type { Control } from './control.ts'
import { projectOf, serverOf } from './lookup.ts'

/** Changes a server as if somebody else had done it: no action, no permission, no lock. */
export function changeServer({ simulator, params, body }: Control): unknown {
  const { world } = simulator
  const server = serverOf(world, projectOf(world, params[0]), params[1])
  const type = body.reference('type')
  const location = body.reference('location')
  const status = body.string('status')
  const change: Partial<ServerRecord> = {
    name: body.string('name'),
    labels: body.labels(),
    lockedOutside: body.boolean('locked'),
    ...(type === undefined ? {} : { type: (findServerType(type) ?? unknownReference('type')).name }),
    ...(location === undefined ? {} : { location: (findLocation(location) ?? unknownReference('location')).name }),
    ...(status === undefined ? {} : { status, offSince: status === 'off' ? world.now() : null }),
  }
  body.check()
  const known = Object.entries(change).filter(([, value]) => value !== undefined)
  return { server: world.tables.servers.put(Object.assign(server, Object.fromEntries(known))) }
}

/** Deletes a server from outside, with what goes with it; no action is left behind. */
export function deleteServerOutside({ simulator, params }: Control): unknown {
  const { world } = simulator
  const server = serverOf(world, projectOf(world, params[0]), params[1])
  removeServer(world, server)
  return { deleted: server.id }
}

function unknownReference(field: string): never {
  throw invalidField(field, 'not found')
}
