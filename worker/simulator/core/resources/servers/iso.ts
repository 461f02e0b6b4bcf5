import { findIso } from '../../catalogue/isos.ts'
import { serverTypeByName } from '../../catalogue/server-types.ts'
import { invalidField } from '../../errors.ts'
import type { Context, Reply } from '../../http.ts'
import { requireServer } from '../shared.ts'
import { doneAtOnce, setServer, startServerAction } from './start.ts'

export function attachIso(context: Context): Reply {
  const server = requireServer(context)
  const reference = context.body.requiredReference('iso')
  const iso = findIso(reference)
  if (!iso) throw invalidField('iso', `ISO ${reference} not found`)
  if (iso.architecture !== serverTypeByName(server.type).architecture) {
    throw invalidField('iso', 'ISO has another architecture than the server')
  }
  return startServerAction(context, server, {
    command: 'attach_iso',
    seconds: 1,
    effects: [{ seconds: 1, effect: setServer(server, { iso: iso.id }) }],
  })
}

/** Successful at once when none is attached. */
export function detachIso(context: Context): Reply {
  const server = requireServer(context)
  if (server.iso === null) return doneAtOnce(context, server, 'detach_iso')
  return startServerAction(context, server, {
    command: 'detach_iso',
    seconds: 1,
    effects: [{ seconds: 1, effect: setServer(server, { iso: null }) }],
  })
}
