import { startAction, toWireAction } from '../../actions.ts'
import { findLocation, LOCATIONS } from '../../catalogue/locations.ts'
import type { Body } from '../../body.ts'
import { invalidField } from '../../errors.ts'
import { created, type Context, type Reply } from '../../http.ts'
import type { LoadBalancerRecord } from '../../types.ts'
import { addressOf } from '../primary-ip-records.ts'
import { assertNameFree, assertWithinLimit } from '../shared.ts'
import { joinNetwork, notAttached } from './networks.ts'
import { assertServicesFit, readService } from './read-service.ts'
import { ALGORITHMS, resolveType } from './settings.ts'
import { readTarget, withTarget } from './targets.ts'
import { toWire } from './wire.ts'

const FIRST_ID = 3_400_000
/** Serials of its addresses start here, far from those of primary and floating IPs. */
const ADDRESS_OFFSET = 110_000
const NAME = /^\S(?:.*\S)?$/
const NAME_MAX = 128

/** 201 with the load balancer and its action; everything in the body is checked before anything is made. */
export function createBalancer(context: Context): Reply {
  const { world, project, body, now } = context
  const labels = body.labels() ?? {}
  const name = body.requiredString('name')
  if (name.length > NAME_MAX || !NAME.test(name)) body.problem('name', 'must not begin or end with a space')
  const typeReference = body.requiredReference('load_balancer_type')
  const algorithm = body.has('algorithm') ? body.object('algorithm').requiredOneOf('type', ALGORITHMS) : 'round_robin'
  const publicInterface = body.boolean('public_interface') ?? true
  const network = body.integer('network')
  body.check()
  const type = resolveType(typeReference)
  const location = placeOf(body)
  assertNameFree(context, world.tables.load_balancers.of(project.id), name)
  assertWithinLimit(context, 'load_balancers', 'load_balancer')
  if (!publicInterface && network === undefined) throw notAttached()
  const id = world.nextId('load_balancers')
  const balancer: LoadBalancerRecord = {
    ...newBalancer(id, location),
    project: project.id,
    name,
    type: type.name,
    algorithm,
    publicInterface,
    labels,
    created: now,
  }
  fill(context, balancer, network)
  world.tables.load_balancers.put(balancer)
  const action = startAction(context, {
    command: 'create_load_balancer',
    seconds: 3,
    resources: [{ id, type: 'load_balancer' }],
    onError: [{ type: 'delete', kind: 'load_balancers', entity: id }],
  })
  return created({ load_balancer: toWire(world, now, balancer), action: toWireAction(action, now) })
}

/** One with nothing in it, for the seed as well. */
export function newBalancer(
  id: number,
  location: string,
): Omit<LoadBalancerRecord, 'project' | 'name' | 'type' | 'created'> {
  const serial = id - FIRST_ID + ADDRESS_OFFSET
  return {
    id,
    location,
    algorithm: 'round_robin',
    services: [],
    targets: [],
    publicInterface: true,
    ipv4: addressOf('ipv4', serial),
    ipv6: addressOf('ipv6', serial).replace('/64', '1'),
    dnsPtr: {},
    privateNet: [],
    protection: { delete: false },
    labels: {},
  }
}

/** Joins the network first, as targets may be reached through it. */
function fill(context: Context, balancer: LoadBalancerRecord, network: number | undefined): void {
  const { body, world } = context
  if (network !== undefined) balancer.privateNet = joinNetwork(context, balancer, network)
  balancer.services = body.objects('services').map((service) => readService(context, service))
  assertServicesFit(balancer, balancer.services)
  for (const target of body.objects('targets'))
    balancer.targets = withTarget(world, balancer, readTarget(context, balancer, target))
  body.check()
}

/** A location, or any of a network zone. */
function placeOf(body: Body): string {
  const place = body.reference('location')
  const zone = body.string('network_zone') || undefined
  if (place !== undefined && zone !== undefined)
    throw invalidField('location', 'location and network_zone exclude each other')
  const location =
    place === undefined ? LOCATIONS.find(({ network_zone }) => network_zone === zone) : findLocation(place)
  if (location) return location.name
  throw invalidField(
    zone === undefined ? 'location' : 'network_zone',
    place === undefined && zone === undefined ? 'location or network_zone is required' : 'does not exist',
  )
}
