import { isNetworkAddress } from '../cidr.ts'
import { invalidField } from '../errors.ts'
import { parseSelector } from '../selector.ts'
import type { FirewallRule, ServerRecord } from '../types.ts'
import type { World } from '../world.ts'

const RULES_MAX = 50
const ADDRESSES_MAX = 100
const PORT = /^(\d{1,5})(?:-(\d{1,5}))?$/

/** Ids of the firewalls that apply to a server, by id or by label. */
export function firewallsOf(world: World, server: ServerRecord): number[] {
  if (world.tables.firewalls.count(server.project) === 0) return []
  return world.tables.firewalls
    .of(server.project)
    .filter((firewall) =>
      firewall.appliedTo.some((target) =>
        target.type === 'server' ? target.server === server.id : parseSelector(target.selector)(server.labels),
      ),
    )
    .map(({ id }) => id)
}

/** Checks a full list of rules (FACTS §7); 422 invalid_input names the field. */
export function readRules(values: unknown[]): FirewallRule[] {
  if (values.length > RULES_MAX) throw invalidField('rules', `at most ${RULES_MAX} rules`)
  return values.map((value, index) => readRule(value, `rules.${index}`))
}

function readRule(value: unknown, field: string): FirewallRule {
  if (typeof value !== 'object' || value === null) throw invalidField(field, 'must be an object')
  const rule = value as Record<string, unknown>
  const direction = rule.direction
  const protocol = rule.protocol
  if (direction !== 'in' && direction !== 'out') throw invalidField(`${field}.direction`, 'must be in or out')
  if (!isProtocol(protocol)) throw invalidField(`${field}.protocol`, 'must be one of tcp, udp, icmp, esp, gre')
  return {
    direction,
    protocol,
    port: readPort(rule.port, protocol, `${field}.port`),
    source_ips: readAddresses(rule.source_ips, `${field}.source_ips`, direction === 'in'),
    destination_ips: readAddresses(rule.destination_ips, `${field}.destination_ips`, direction === 'out'),
    description: typeof rule.description === 'string' ? rule.description : null,
  }
}

function readPort(value: unknown, protocol: FirewallRule['protocol'], field: string): string | null {
  const port = value === undefined || value === null || value === '' ? null : String(value)
  if (protocol !== 'tcp' && protocol !== 'udp') {
    if (port !== null) throw invalidField(field, `not allowed for ${protocol}`)
    return null
  }
  const match = PORT.exec(port ?? '')
  const [low, high] = [Number(match?.[1] ?? 0), Number(match?.[2] ?? match?.[1] ?? 0)]
  if (!match || low < 1 || high > 65_535 || low > high) throw invalidField(field, 'must be a port or a range of ports')
  return port
}

function readAddresses(value: unknown, field: string, required: boolean): string[] {
  const addresses = Array.isArray(value) ? value.map(String) : []
  if (required && addresses.length === 0) throw invalidField(field, 'must not be empty')
  if (addresses.length > ADDRESSES_MAX) throw invalidField(field, `at most ${ADDRESSES_MAX} addresses`)
  const bad = addresses.find((address) => !isNetworkAddress(address))
  if (bad !== undefined) throw invalidField(field, `'${bad}' is no network in CIDR notation`)
  return addresses
}

function isProtocol(value: unknown): value is FirewallRule['protocol'] {
  return ['tcp', 'udp', 'icmp', 'esp', 'gre'].includes(value as string)
}
