import { resourceActionRoutes } from '../../actions.ts'
import { protectedError } from '../../errors.ts'
import { noContent, ok, type Context, type Handler, type Reply } from '../../http.ts'
import { listTable } from '../../list.ts'
import type { Route } from '../../router.ts'
import { applyNameAndLabels, NAMED_SORT } from '../shared.ts'
import { requireBalancer } from './change.ts'
import { createBalancer } from './create.ts'
import { getBalancerMetrics } from './metrics.ts'
import { attachToNetwork, detachFromNetwork, disablePublicInterface, enablePublicInterface } from './networks.ts'
import { addService, deleteService, updateService } from './services.ts'
import { changeAlgorithm, changeDnsPtr, changeProtection, changeType } from './settings.ts'
import { addTarget, removeTarget } from './targets.ts'
import { toWire } from './wire.ts'

const ACTIONS: Record<string, Handler> = {
  add_service: addService,
  update_service: updateService,
  delete_service: deleteService,
  add_target: addTarget,
  remove_target: removeTarget,
  attach_to_network: attachToNetwork,
  detach_from_network: detachFromNetwork,
  enable_public_interface: enablePublicInterface,
  disable_public_interface: disablePublicInterface,
  change_algorithm: changeAlgorithm,
  change_type: changeType,
  change_dns_ptr: changeDnsPtr,
  change_protection: changeProtection,
}

/** Load balancers: services that listen, targets that answer, and whether they are well (FACTS §8). */
export function loadBalancerRoutes(): Route[] {
  return [
    { method: 'GET', path: '/load_balancers', handler: listBalancers },
    { method: 'POST', path: '/load_balancers', handler: createBalancer },
    { method: 'GET', path: '/load_balancers/{id}', handler: getBalancer },
    { method: 'PUT', path: '/load_balancers/{id}', handler: updateBalancer },
    { method: 'DELETE', path: '/load_balancers/{id}', handler: deleteBalancer },
    { method: 'GET', path: '/load_balancers/{id}/metrics', handler: getBalancerMetrics },
    ...Object.entries(ACTIONS).map(([name, handler]): Route => ({
      method: 'POST',
      path: `/load_balancers/{id}/actions/${name}`,
      handler,
    })),
    ...resourceActionRoutes('load_balancers', 'load_balancer', (context) => void requireBalancer(context)),
  ]
}

function listBalancers(context: Context): Reply {
  return listTable(context, context.world.tables.load_balancers, {
    key: 'load_balancers',
    sort: NAMED_SORT,
    toWire: (balancer) => toWire(context.world, context.now, balancer),
    name: (balancer) => balancer.name,
    labels: (balancer) => balancer.labels,
  })
}

function getBalancer(context: Context): Reply {
  return ok({ load_balancer: toWire(context.world, context.now, requireBalancer(context)) })
}

function updateBalancer(context: Context): Reply {
  const balancer = requireBalancer(context)
  applyNameAndLabels(context, balancer, context.world.tables.load_balancers.of(context.project.id))
  context.world.tables.load_balancers.put(balancer)
  return getBalancer(context)
}

function deleteBalancer(context: Context): Reply {
  const balancer = requireBalancer(context)
  if (balancer.protection.delete) throw protectedError('load balancer deletion is protected')
  context.world.tables.load_balancers.delete(balancer.id)
  return noContent()
}
