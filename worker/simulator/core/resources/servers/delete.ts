import { assertFree, startAction, toWireAction } from '../../actions.ts'
import { protectedError } from '../../errors.ts'
import { ok, type Context, type Reply } from '../../http.ts'
import type { ServerRecord } from '../../types.ts'
import type { World } from '../../world.ts'
import { requireServer } from '../shared.ts'

/** Answers 200 with the action; the server is gone from lists at once. */
export function deleteServer(context: Context): Reply {
  const server = requireServer(context)
  if (server.protection.delete) throw protectedError('server deletion is protected')
  assertFree(server)
  const action = startAction(context, {
    command: 'delete_server',
    seconds: 2,
    resources: [{ id: server.id, type: 'server' }],
  })
  removeServer(context.world, server)
  return ok({ action: toWireAction(action, context.now) })
}

/**
 * Removes a server and what goes with it: auto-delete primary IPs and backups.
 * Volumes, floating IPs and other primary IPs are only detached; firewalls and load balancers forget it; snapshots stay.
 */
export function removeServer(world: World, server: ServerRecord): void {
  const { tables } = world
  for (const ip of tables.primary_ips.of(server.project)) {
    if (ip.assignee !== server.id) continue
    if (ip.autoDelete) tables.primary_ips.delete(ip.id)
    else tables.primary_ips.put(Object.assign(ip, { assignee: null }))
  }
  for (const image of tables.images.of(server.project)) {
    if (image.boundTo === server.id) tables.images.delete(image.id)
  }
  for (const volume of tables.volumes.of(server.project)) {
    if (volume.server === server.id) tables.volumes.put(Object.assign(volume, { server: null }))
  }
  for (const ip of tables.floating_ips.of(server.project)) {
    if (ip.server === server.id) tables.floating_ips.put(Object.assign(ip, { server: null }))
  }
  for (const firewall of tables.firewalls.of(server.project)) {
    const appliedTo = firewall.appliedTo.filter((target) => target.type !== 'server' || target.server !== server.id)
    if (appliedTo.length !== firewall.appliedTo.length) tables.firewalls.put(Object.assign(firewall, { appliedTo }))
  }
  for (const balancer of tables.load_balancers.of(server.project)) {
    const targets = balancer.targets.filter((target) => target.type !== 'server' || target.server !== server.id)
    if (targets.length !== balancer.targets.length) tables.load_balancers.put(Object.assign(balancer, { targets }))
  }
  tables.servers.delete(server.id)
}
