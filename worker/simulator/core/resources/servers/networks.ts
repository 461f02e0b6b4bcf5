import { refused } from '../../errors.ts'
import type { Context, Reply } from '../../http.ts'
import type { ServerRecord } from '../../types.ts'
import { privateNetFor } from '../network-addresses.ts'
import { requireRecord, requireServer } from '../shared.ts'
import { setServer, startServerAction } from './start.ts'

export function attachToNetwork(context: Context): Reply {
  const server = requireServer(context)
  const { body } = context
  const network = requireRecord(context, 'networks', 'network', body.requiredInteger('network'))
  const ip = body.string('ip') || undefined
  const ipRange = body.string('ip_range') || undefined
  const aliasIps = body.list('alias_ips').map(String)
  body.check()
  if (server.privateNet.some((net) => net.network === network.id)) {
    throw refused('server_already_attached', 'server is already attached to the network')
  }
  const net = privateNetFor(context, server, network, ip, aliasIps, ipRange)
  return startServerAction(context, server, {
    command: 'attach_to_network',
    seconds: 2,
    resources: resourcesOf(server, network.id),
    effects: [{ seconds: 2, effect: setServer(server, { privateNet: [...server.privateNet, net] }) }],
  })
}

export function detachFromNetwork(context: Context): Reply {
  const server = requireServer(context)
  const network = context.body.requiredInteger('network')
  requireAttached(server, network)
  const privateNet = server.privateNet.filter((net) => net.network !== network)
  return startServerAction(context, server, {
    command: 'detach_from_network',
    seconds: 2,
    resources: resourcesOf(server, network),
    effects: [{ seconds: 2, effect: setServer(server, { privateNet }) }],
  })
}

export function changeAliasIps(context: Context): Reply {
  const server = requireServer(context)
  const network = requireRecord(context, 'networks', 'network', context.body.requiredInteger('network'))
  const aliasIps = context.body.list('alias_ips').map(String)
  context.body.check()
  const attached = requireAttached(server, network.id)
  const added = aliasIps.filter((ip) => !attached.aliasIps.includes(ip))
  privateNetFor(context, server, network, undefined, added)
  const privateNet = server.privateNet.map((net) => (net.network === network.id ? { ...net, aliasIps } : net))
  return startServerAction(context, server, {
    command: 'change_alias_ips',
    seconds: 1,
    resources: resourcesOf(server, network.id),
    effects: [{ seconds: 1, effect: setServer(server, { privateNet }) }],
  })
}

function requireAttached(server: ServerRecord, network: number): ServerRecord['privateNet'][number] {
  const attached = server.privateNet.find((net) => net.network === network)
  if (!attached) throw refused('service_error', 'server is not attached to the network')
  return attached
}

function resourcesOf(server: ServerRecord, network: number): { id: number; type: string }[] {
  return [
    { id: server.id, type: 'server' },
    { id: network, type: 'network' },
  ]
}
