import { resourceActionRoutes } from '../actions.ts'
import { notFound } from '../errors.ts'
import type { Context } from '../http.ts'
import { listRows } from '../list.ts'
import type { Route } from '../router.ts'

/** Kinds that can be listed but of which a project has none. */
const KINDS = [['zones', 'zone', 'zone']] as const

export function emptyRoutes(): Route[] {
  return KINDS.flatMap(([plural, type, what]): Route[] => {
    const missing = (context: Context): never => {
      throw notFound(what, Number(context.params.id))
    }
    const list: Route[] = [
      {
        method: 'GET',
        path: `/${plural}`,
        handler: (context) => listRows(context, [], { key: plural, sort: {}, toWire: (row) => row }),
      },
      { method: 'GET', path: `/${plural}/{id}`, handler: missing },
    ]
    return list.concat(resourceActionRoutes(plural, type, missing))
  })
}
