import { startAction, toWireAction } from '../../actions.ts'
import { created, type Context, type Reply } from '../../http.ts'
import type { LoadBalancerRecord } from '../../types.ts'
import { requireRecord } from '../shared.ts'

/** The load balancer that the path names, or 404. */
export function requireBalancer(context: Context): LoadBalancerRecord {
  return requireRecord(context, 'load_balancers', 'load balancer')
}

/** Changes a load balancer by an action. It is changed at once, so that changes that follow quickly see each other. */
export function change(
  context: Context,
  balancer: LoadBalancerRecord,
  command: string,
  values: Partial<LoadBalancerRecord>,
  { seconds = 1, others = [] }: { seconds?: number; others?: { id: number; type: string }[] } = {},
): Reply {
  const action = startAction(context, {
    command,
    seconds,
    resources: [{ id: balancer.id, type: 'load_balancer' }, ...others],
    apply: () => void context.world.tables.load_balancers.put(Object.assign(balancer, values)),
  })
  return created({ action: toWireAction(action, context.now) })
}
