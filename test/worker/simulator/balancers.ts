import type { Answer, TestWorld } from './client.ts'

export const TCP = { protocol: 'tcp', listen_port: 22, destination_port: 22 }

/** A load balancer that is ready, and what can be said to it. */
export function createBalancer(world: TestWorld, body: Record<string, unknown> = {}) {
  const { load_balancer, action } = must(
    world.post('/load_balancers', { name: 'front', load_balancer_type: 'lb11', location: 'fsn1', ...body }),
  ).body
  const path = `/load_balancers/${load_balancer.id}`
  world.advance(4)
  return {
    id: load_balancer.id as number,
    path,
    created: load_balancer,
    action,
    act: (name: string, fields?: unknown) => world.post(`${path}/actions/${name}`, fields),
    read: () => world.get(path).body.load_balancer,
  }
}

/** A network with one subnet, which ends at 10.0.1.255. */
export function createNetwork(world: TestWorld, type: 'cloud' | 'vswitch' = 'cloud', name = 'inner'): number {
  const subnets = [{ type, network_zone: 'eu-central', ip_range: '10.0.1.0/24' }]
  return must(world.post('/networks', { name, ip_range: '10.0.0.0/16', subnets })).body.network.id as number
}

/** Attaches a server to a network, and waits until it is. */
export function join(world: TestWorld, server: number, network: number): void {
  must(world.post(`/servers/${server}/actions/attach_to_network`, { network }))
  world.advance(3)
}

/** The answer, when something was made. */
export function must(answer: Answer): Answer {
  if (answer.status !== 201) throw new Error(answer.text)
  return answer
}

export const toServer = (id: number, more = {}) => ({ type: 'server', server: { id }, ...more })
export const toLabel = (selector: string, more = {}) => ({
  type: 'label_selector',
  label_selector: { selector },
  ...more,
})
export const toIp = (ip: string) => ({ type: 'ip', ip: { ip } })
export const PRIVATE = { use_private_ip: true }
