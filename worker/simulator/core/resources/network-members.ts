import { contains, storedIp, storedRange } from '../cidr.ts'
import type { Context, Reply } from '../http.ts'
import { listRows, queryValues, wanted } from '../list.ts'
import type { NetworkRecord } from '../types.ts'
import { requireRecord } from './shared.ts'

interface Member {
  type: 'server' | 'load_balancer'
  id: number
  ip: string
  status: 'ok' | 'attaching' | 'detaching' | 'updating'
  alias_ips: string[]
  subnet: string | null
}

const STATUS_OF_COMMAND: Record<string, Member['status']> = {
  attach_to_network: 'attaching',
  detach_from_network: 'detaching',
  change_alias_ips: 'updating',
}

/** What is attached to a network, filtered by type, subnet and status (FACTS §0, edition of 2026-09-15). */
export function listMembers(context: Context): Reply {
  const network = requireRecord(context, 'networks', 'network')
  const types = queryValues(context.query, 'type')
  const subnets = queryValues(context.query, 'subnet')
  const statuses = queryValues(context.query, 'status')
  return listRows(context, membersOf(context, network), {
    key: 'members',
    sort: {
      id: (member) => member.id,
      type: (member) => member.type,
      status: (member) => member.status,
      ip: (member) => storedIp(member.ip),
    },
    toWire: (member) => member,
    filter: (member) => wanted(types, member.type) && wanted(subnets, member.subnet) && wanted(statuses, member.status),
  })
}

function membersOf(context: Context, network: NetworkRecord): Member[] {
  const { servers, load_balancers: balancers } = context.world.tables
  const project = context.project.id
  const changing = changesIn(context, network)
  const member = (type: Member['type'], id: number, ip: string, aliasIps: string[]): Member => ({
    type,
    id,
    ip,
    status: changing.get(`${type} ${id}`) ?? 'ok',
    alias_ips: aliasIps,
    subnet: subnetOf(network, ip),
  })
  const rowsOf = <T extends { network: number }>(rows: { id: number; privateNet: T[] }[]) =>
    rows.flatMap(({ id, privateNet }) =>
      privateNet.filter((net) => net.network === network.id).map((net) => ({ id, net })),
    )
  return [
    ...rowsOf(servers.of(project)).map(({ id, net }) => member('server', id, net.ip, net.aliasIps)),
    ...rowsOf(balancers.of(project)).map(({ id, net }) => member('load_balancer', id, net.ip, [])),
  ]
}

/** What running actions do to members, by type and id. */
function changesIn({ world, project }: Context, network: NetworkRecord): Map<string, Member['status']> {
  const changes = new Map<string, Member['status']>()
  for (const { command, status: state, resources } of world.tables.actions.of(project.id)) {
    const status = STATUS_OF_COMMAND[command]
    if (state !== 'running' || !status) continue
    if (!resources.some(({ type, id }) => type === 'network' && id === network.id)) continue
    for (const { type, id } of resources) changes.set(`${type} ${id}`, status)
  }
  return changes
}

function subnetOf(network: NetworkRecord, ip: string): string | null {
  const address = storedIp(ip)
  const place = { first: address, last: address }
  return network.subnets.find((subnet) => contains(storedRange(subnet.ip_range), place))?.ip_range ?? null
}
