import { ApiError } from '../../errors.ts'
import type { Context, Reply } from '../../http.ts'
import type { LoadBalancerRecord } from '../../types.ts'
import { change, requireBalancer } from './change.ts'
import { assertServicesFit, readService } from './read-service.ts'

/** 412 source_port_already_used when another service listens there. */
export function addService(context: Context): Reply {
  const balancer = requireBalancer(context)
  const services = [...balancer.services, readService(context, context.body)]
  assertServicesFit(balancer, services)
  return change(context, balancer, 'add_service', { services })
}

/** The listen port names the service and cannot be changed. */
export function updateService(context: Context): Reply {
  const balancer = requireBalancer(context)
  const index = requireService(context, balancer)
  const services = balancer.services.with(index, readService(context, context.body, balancer.services[index]))
  assertServicesFit(balancer, services, 422)
  return change(context, balancer, 'update_service', { services })
}

export function deleteService(context: Context): Reply {
  const balancer = requireBalancer(context)
  const services = balancer.services.toSpliced(requireService(context, balancer), 1)
  return change(context, balancer, 'delete_service', { services })
}

function requireService(context: Context, balancer: LoadBalancerRecord): number {
  const port = context.body.requiredInteger('listen_port')
  const index = balancer.services.findIndex((service) => service.listen_port === port)
  if (index < 0) throw new ApiError(404, 'not_found', `service with listen port ${port} not found`)
  return index
}
