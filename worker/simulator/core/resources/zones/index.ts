import { resourceActionRoutes } from '../../actions.ts'
import { ok, type Context, type Reply } from '../../http.ts'
import { listTable, queryValues, wanted } from '../../list.ts'
import type { Route } from '../../router.ts'
import { NAMED_SORT } from '../shared.ts'
import { createZone } from './create.ts'
import { addRecords, removeRecords, setRecords, updateRecords } from './records.ts'
import { rrsetsOf } from './rrset-record.ts'
import {
  changeRrsetProtection,
  changeRrsetTtl,
  createRrset,
  deleteRrset,
  getRrset,
  listRrsets,
  updateRrset,
} from './rrsets.ts'
import {
  changePrimaryNameservers,
  changeZoneProtection,
  changeZoneTtl,
  deleteZone,
  importZonefile,
  updateZone,
} from './settings.ts'
import { requireZone, requireZoneIn, zoneToWire } from './zone-record.ts'
import { writeZonefile } from './zonefile.ts'

const ZONE = '/zones/{id_or_name}'
const RRSET = `${ZONE}/rrsets/{rr_name}/{rr_type}`

/** DNS zones and their resource record sets, which are named by zone, name and type (FACTS §8). */
export function zoneRoutes(): Route[] {
  return [
    { method: 'GET', path: '/zones', handler: listZones },
    { method: 'POST', path: '/zones', handler: createZone },
    { method: 'GET', path: ZONE, handler: getZone },
    { method: 'PUT', path: ZONE, handler: updateZone },
    { method: 'DELETE', path: ZONE, handler: deleteZone },
    { method: 'GET', path: `${ZONE}/zonefile`, handler: getZonefile },
    { method: 'POST', path: `${ZONE}/actions/change_primary_nameservers`, handler: changePrimaryNameservers },
    { method: 'POST', path: `${ZONE}/actions/change_protection`, handler: changeZoneProtection },
    { method: 'POST', path: `${ZONE}/actions/change_ttl`, handler: changeZoneTtl },
    { method: 'POST', path: `${ZONE}/actions/import_zonefile`, handler: importZonefile },
    ...resourceActionRoutes('zones', 'zone', (context) => void requireZone(context), {
      parameter: 'id_or_name',
      idOf: (context) => requireZone(context).id,
    }),
    { method: 'GET', path: `${ZONE}/rrsets`, handler: listRrsets },
    { method: 'POST', path: `${ZONE}/rrsets`, handler: createRrset },
    { method: 'GET', path: RRSET, handler: getRrset },
    { method: 'PUT', path: RRSET, handler: updateRrset },
    { method: 'DELETE', path: RRSET, handler: deleteRrset },
    { method: 'POST', path: `${RRSET}/actions/change_protection`, handler: changeRrsetProtection },
    { method: 'POST', path: `${RRSET}/actions/change_ttl`, handler: changeRrsetTtl },
    { method: 'POST', path: `${RRSET}/actions/set_records`, handler: setRecords },
    { method: 'POST', path: `${RRSET}/actions/add_records`, handler: addRecords },
    { method: 'POST', path: `${RRSET}/actions/remove_records`, handler: removeRecords },
    { method: 'POST', path: `${RRSET}/actions/update_records`, handler: updateRecords },
  ]
}

function listZones(context: Context): Reply {
  const modes = queryValues(context.query, 'mode')
  return listTable(context, context.world.tables.zones, {
    key: 'zones',
    sort: NAMED_SORT,
    toWire: (zone) => zoneToWire(context.world, zone),
    name: (zone) => zone.name,
    labels: (zone) => zone.labels,
    filter: (zone) => wanted(modes, zone.mode),
  })
}

function getZone(context: Context): Reply {
  return ok({ zone: zoneToWire(context.world, requireZone(context)) })
}

function getZonefile(context: Context): Reply {
  const zone = requireZoneIn('primary', context)
  return ok({ zonefile: writeZonefile(zone, rrsetsOf(context.world, zone)) })
}
