import { ISOS, type Iso } from '../catalogue/isos.ts'
import { LOAD_BALANCER_TYPES } from '../catalogue/load-balancer-types.ts'
import { LOCATIONS } from '../catalogue/locations.ts'
import { PRICING } from '../catalogue/pricing.ts'
import { SERVER_TYPES, toWireServerType } from '../catalogue/server-types.ts'
import { ApiError, notFound } from '../errors.ts'
import { isSoldOut } from '../faults.ts'
import { ok, type Context, type Reply } from '../http.ts'
import { listRows, queryValues, wanted, type SortFields } from '../list.ts'
import type { Route } from '../router.ts'

const SORT: SortFields<{ id: number; name: string }> = { id: (row) => row.id, name: (row) => row.name }

/** What the provider sells: read-only, the same for every project, apart from shortages. */
export function catalogueRoutes(): Route[] {
  return [
    ...readOnly('locations', 'location', LOCATIONS),
    ...readOnly('isos', 'iso', ISOS, isoFilter),
    ...readOnly('load_balancer_types', 'load_balancer_type', LOAD_BALANCER_TYPES),
    { method: 'GET', path: '/server_types', handler: listServerTypes },
    { method: 'GET', path: '/server_types/{id}', handler: getServerType },
    { method: 'GET', path: '/pricing', handler: () => ok({ pricing: PRICING }) },
    { method: 'GET', path: '/datacenters', handler: datacentersGone },
    { method: 'GET', path: '/datacenters/{id}', handler: datacentersGone },
  ]
}

function readOnly<T extends { id: number; name: string }>(
  plural: string,
  singular: string,
  rows: T[],
  filterOf?: (context: Context) => (row: T) => boolean,
): Route[] {
  return [
    {
      method: 'GET',
      path: `/${plural}`,
      handler: (context) =>
        listRows(context, rows, {
          key: plural,
          sort: SORT,
          toWire: (row) => row,
          name: (row) => row.name,
          ...(filterOf ? { filter: filterOf(context) } : {}),
        }),
    },
    {
      method: 'GET',
      path: `/${plural}/{id}`,
      handler(context) {
        const row = rows.find(({ id }) => id === Number(context.params.id))
        if (!row) throw notFound(singular, Number(context.params.id))
        return ok({ [singular]: row })
      },
    },
  ]
}

function isoFilter({ query }: Context): (iso: Iso) => boolean {
  const architectures = queryValues(query, 'architecture')
  return (iso) => wanted(architectures, iso.architecture)
}

/** Retired types are not listed, but old servers still carry them and they can be read by id. */
function listServerTypes(context: Context): Reply {
  const soldOut = (type: string, location: string): boolean => isSoldOut(context.world, type, location)
  return listRows(
    context,
    SERVER_TYPES.filter((type) => type.retired === null),
    {
      key: 'server_types',
      sort: SORT,
      toWire: (type) => toWireServerType(type, soldOut),
      name: (type) => type.name,
    },
  )
}

function getServerType(context: Context): Reply {
  const type = SERVER_TYPES.find(({ id }) => id === Number(context.params.id))
  if (!type) throw notFound('server type', Number(context.params.id))
  return ok({ server_type: toWireServerType(type, (name, location) => isSoldOut(context.world, name, location)) })
}

function datacentersGone(): Reply {
  throw new ApiError(410, 'deprecated_api_endpoint', 'the datacenters endpoints were removed, use locations', {
    announcement: 'https://docs.hetzner.cloud/changelog#2026-10-01-datacenters-removed',
  })
}
