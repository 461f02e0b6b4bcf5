import { resourceActionRoutes } from '../../actions.ts'
import { ok, type Context, type Handler, type Reply } from '../../http.ts'
import { listTable, queryValues, wanted } from '../../list.ts'
import type { Route } from '../../router.ts'
import type { ServerRecord } from '../../types.ts'
import { applyNameAndLabels, NAMED_SORT, requireServer } from '../shared.ts'
import { attachIso, detachIso } from './iso.ts'
import { createServer } from './create.ts'
import { deleteServer } from './delete.ts'
import { changeDnsPtr, changeProtection } from './settings.ts'
import { changeType, rebuild } from './rebuild.ts'
import { createImage, disableBackup, enableBackup } from './backups.ts'
import { disableRescue, enableRescue, requestConsole, resetPassword } from './access.ts'
import { addToPlacementGroup, removeFromPlacementGroup } from './placement.ts'
import { attachToNetwork, changeAliasIps, detachFromNetwork } from './networks.ts'
import { getServerMetrics } from './metrics.ts'
import { powerOff, powerOn, reboot, reset, shutdown } from './power.ts'
import { serverWriter } from './wire.ts'

const ACTIONS: Record<string, Handler> = {
  poweron: powerOn,
  poweroff: powerOff,
  shutdown,
  reboot,
  reset,
  rebuild,
  change_type: changeType,
  create_image: createImage,
  enable_backup: enableBackup,
  disable_backup: disableBackup,
  enable_rescue: enableRescue,
  disable_rescue: disableRescue,
  reset_password: resetPassword,
  request_console: requestConsole,
  attach_iso: attachIso,
  detach_iso: detachIso,
  attach_to_network: attachToNetwork,
  detach_from_network: detachFromNetwork,
  change_alias_ips: changeAliasIps,
  add_to_placement_group: addToPlacementGroup,
  remove_from_placement_group: removeFromPlacementGroup,
  change_dns_ptr: changeDnsPtr,
  change_protection: changeProtection,
}

export function serverRoutes(): Route[] {
  return [
    { method: 'GET', path: '/servers', handler: listServers },
    { method: 'POST', path: '/servers', handler: createServer },
    { method: 'GET', path: '/servers/{id}', handler: getServer },
    { method: 'PUT', path: '/servers/{id}', handler: updateServer },
    { method: 'DELETE', path: '/servers/{id}', handler: deleteServer },
    { method: 'GET', path: '/servers/{id}/metrics', handler: getServerMetrics },
    ...Object.entries(ACTIONS).map(([name, handler]): Route => ({
      method: 'POST',
      path: `/servers/{id}/actions/${name}`,
      handler,
    })),
    ...resourceActionRoutes('servers', 'server', (context) => void requireServer(context)),
  ]
}

function listServers(context: Context): Reply {
  const statuses = queryValues(context.query, 'status')
  return listTable(context, context.world.tables.servers, {
    key: 'servers',
    sort: NAMED_SORT,
    toWire: serverWriter(context.world, context.now),
    name: (server) => server.name,
    labels: (server) => server.labels,
    ...(statuses ? { filter: (server: ServerRecord) => wanted(statuses, server.status) } : {}),
  })
}

function getServer(context: Context): Reply {
  return ok({ server: serverWriter(context.world, context.now)(requireServer(context)) })
}

function updateServer(context: Context): Reply {
  const server = requireServer(context)
  applyNameAndLabels(context, server, context.world.tables.servers.of(context.project.id), {
    message: 'server name is already used',
    hostname: true,
  })
  context.world.tables.servers.put(server)
  return ok({ server: serverWriter(context.world, context.now)(server) })
}
