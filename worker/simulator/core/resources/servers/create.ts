import { must } from '../../must.ts'
import { startAction, toWireAction } from '../../actions.ts'
import type { Body } from '../../body.ts'
import { invalidField, refused } from '../../errors.ts'
import { created, type Context, type Reply } from '../../http.ts'
import { randomAlphanumeric } from '../../random.ts'
import type { ActionRecord, ImageRecord, PrimaryIpRecord, ServerRecord } from '../../types.ts'
import { privateNetFor } from '../network-addresses.ts'
import { createPrimaryIpFor } from '../primary-ip-records.ts'
import { assertNameFree, assertWithinLimit, requireRecord } from '../shared.ts'
import { assertRoomInGroup } from './placement.ts'
import { resolveImage, resolvePlacement } from './resolve.ts'
import { resolveSshKeys } from './ssh-key-references.ts'
import { booted, setServer } from './start.ts'
import { serverWriter } from './wire.ts'

const USER_DATA_BYTES = 32 * 1024
const READY_SECONDS = 3
const STARTED_SECONDS = 6

/** 201 with the server, its action, the next actions and a root password where no key was given. */
export function createServer(context: Context): Reply {
  const { world, project, body, now } = context
  const { labels, start, userData } = readOptions(body)
  const name = body.hostname('name') ?? body.requiredString('name')
  const typeReference = body.requiredReference('server_type')
  const imageReference = body.requiredReference('image')
  if (userData.length > USER_DATA_BYTES) body.problem('user_data', 'must be at most 32 KiB')
  body.check()
  assertNameFree(context, world.tables.servers.of(project.id), name, undefined, 'server name is already used')
  assertWithinLimit(context, 'servers', 'server')
  const { type, location } = resolvePlacement(context, typeReference, body.reference('location'))
  const image = resolveImage(context, imageReference, type.architecture, type.disk)
  const keys = resolveSshKeys(context, body.list('ssh_keys'))
  const attachments = resolveAttachments(context, location)
  const server: ServerRecord = {
    id: world.nextId('servers'),
    project: project.id,
    name,
    status: 'initializing',
    created: now,
    labels,
    type: type.name,
    location,
    image: image.id,
    iso: null,
    diskSize: type.disk,
    ipv4: null,
    ipv6: null,
    rescue: false,
    lockedBy: null,
    backupWindow: null,
    protection: { delete: false, rebuild: false },
    placementGroup: attachments.placementGroup,
    privateNet: [],
    offSince: now,
    keyLogin: keys.length > 0,
  }
  const { action, nextActions } = build(context, server, image, attachments, start)
  return created({
    server: serverWriter(world, now)(server),
    action: toWireAction(action, now),
    next_actions: nextActions.map((next) => toWireAction(next, now)),
    root_password: server.keyLogin ? null : randomAlphanumeric(20),
  })
}

interface Attachments {
  ips: Record<'ipv4' | 'ipv6', PrimaryIpRecord | 'new' | null>
  volumes: number[]
  networks: number[]
  firewalls: number[]
  placementGroup: number | null
}

/** Stores the server and what belongs to it, and starts its actions: create_server, and those that follow it. */
function build(
  context: Context,
  server: ServerRecord,
  image: ImageRecord,
  attachments: Attachments,
  start: boolean,
): { action: ActionRecord; nextActions: ActionRecord[] } {
  const { tables } = context.world
  tables.servers.put(server)
  attachAddresses(context, server, attachments.ips)
  for (const id of attachments.networks) {
    server.privateNet.push(privateNetFor(context, server, must(tables.networks.get(id), 'network')))
  }
  for (const id of attachments.firewalls) {
    const firewall = must(tables.firewalls.get(id), 'firewall')
    firewall.appliedTo = [...firewall.appliedTo, { type: 'server', server: server.id }]
    tables.firewalls.put(firewall)
  }
  const action = startAction(context, {
    command: 'create_server',
    seconds: READY_SECONDS,
    holds: server,
    resources: [
      { id: server.id, type: 'server' },
      { id: image.id, type: 'image' },
    ],
    effects: [{ seconds: READY_SECONDS, effect: setServer(server, { status: start ? 'starting' : 'off' }) }],
    onError: [{ type: 'delete', kind: 'servers', entity: server.id }],
  })
  const nextActions = attachments.volumes.map((id) => startVolumeAttach(context, server, id))
  if (start) nextActions.push(startFirstBoot(context, server))
  return { action, nextActions }
}

/** Follows the creation; it takes the lock over so that the server is held until it runs. */
function startFirstBoot(context: Context, server: ServerRecord): ActionRecord {
  const action = startAction(context, {
    command: 'start_server',
    seconds: STARTED_SECONDS,
    resources: [{ id: server.id, type: 'server' }],
    effects: [{ seconds: STARTED_SECONDS, effect: booted(server) }],
  })
  context.world.tables.servers.put(Object.assign(server, { lockedBy: action.id }))
  return action
}

function startVolumeAttach(context: Context, server: ServerRecord, volume: number): ActionRecord {
  return startAction(context, {
    command: 'attach_volume',
    seconds: READY_SECONDS,
    resources: [
      { id: server.id, type: 'server' },
      { id: volume, type: 'volume' },
    ],
    effects: [
      {
        seconds: READY_SECONDS,
        effect: { type: 'set', kind: 'volumes', entity: volume, values: { server: server.id } },
      },
    ],
  })
}

function attachAddresses(context: Context, server: ServerRecord, ips: Attachments['ips']): void {
  for (const type of ['ipv4', 'ipv6'] as const) {
    const wanted = ips[type]
    if (wanted === null) continue
    const ip = wanted === 'new' ? createPrimaryIpFor(context, type, server.location, server.id) : wanted
    context.world.tables.primary_ips.put(Object.assign(ip, { assignee: server.id }))
    server[type] = ip.id
  }
}

function readOptions(body: Body): { labels: Record<string, string>; start: boolean; userData: string } {
  body.boolean('automount')
  return {
    labels: body.labels() ?? {},
    start: body.boolean('start_after_create') ?? true,
    userData: body.string('user_data') ?? '',
  }
}

function resolveAttachments(context: Context, location: string): Attachments {
  const { body } = context
  const publicNet = body.object('public_net')
  const volumes = body.ids('volumes')
  const networks = body.ids('networks')
  const firewalls = body.list('firewalls').map((entry) => Number((entry as { firewall?: unknown } | null)?.firewall))
  const placementGroup = body.integer('placement_group') ?? null
  body.check()
  for (const id of volumes) {
    const volume = requireRecord(context, 'volumes', 'volume', id)
    if (volume.server !== null) throw refused('volume_already_attached', 'volume is already attached')
    if (volume.location !== location) throw invalidField('volumes', 'volume is in another location')
  }
  for (const id of networks)
    privateNetFor(context, { id: 0, location }, requireRecord(context, 'networks', 'network', id))
  for (const id of firewalls) requireRecord(context, 'firewalls', 'firewall', id)
  if (placementGroup !== null) {
    requireRecord(context, 'placement_groups', 'placement group', placementGroup)
    assertRoomInGroup(context, placementGroup)
  }
  const ips = {
    ipv4: resolveAddress(context, publicNet, 'ipv4', location),
    ipv6: resolveAddress(context, publicNet, 'ipv6', location),
  }
  return { ips, volumes, networks, firewalls, placementGroup }
}

/** An existing free primary IP, a new one, or none. */
function resolveAddress(
  context: Context,
  publicNet: Body,
  type: 'ipv4' | 'ipv6',
  location: string,
): PrimaryIpRecord | 'new' | null {
  if (publicNet.boolean(`enable_${type}`) === false) return null
  const id = publicNet.integer(type)
  if (id === undefined) return 'new'
  const ip = requireRecord(context, 'primary_ips', 'primary IP', id)
  if (ip.type !== type) throw refused('primary_ip_version_mismatch', 'primary IP is of another version')
  if (ip.assignee !== null) throw refused('primary_ip_assigned', 'primary IP is already assigned')
  if (ip.location !== location) throw refused('primary_ip_datacenter_mismatch', 'primary IP is in another location')
  return ip
}
