import { explain } from '../../kernel/authorize.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Labels } from '../../kernel/label-selector.ts'
import { permissions, type Permission } from '../../kernel/permissions.ts'
import { asksForLabels, covers, reachOf, type Reach } from '../../kernel/reach.ts'
import type { Resource } from '../../kernel/scope.ts'
import { readPermission, type ResourceKind, type Visible } from '../../provider/hetzner/operations/index.ts'
import { resourceOf } from '../servers/index.ts'
import { coverageOf, type Coverage } from './coverage.ts'
import { selectServerFacts, type KnownServer } from './facts.store.ts'
import { readAllPages } from './read-all-pages.ts'
import type { GatewayRequest } from './request.ts'

export type Kind = Exclude<ResourceKind, 'action'>

export const collectionOf: Record<Kind, string> = {
  server: 'servers',
  image: 'images',
  ssh_key: 'ssh_keys',
  volume: 'volumes',
  network: 'networks',
  firewall: 'firewalls',
  primary_ip: 'primary_ips',
  floating_ip: 'floating_ips',
  load_balancer: 'load_balancers',
  certificate: 'certificates',
  zone: 'zones',
  placement_group: 'placement_groups',
}

export const kinds = Object.keys(collectionOf) as Kind[]

/** What one request may see and do in its project, as far as it asks. */
export class Sight {
  readonly #request: GatewayRequest
  #servers: Promise<Map<number, KnownServer>> | undefined
  readonly #labels = new Map<Kind, Promise<Map<number, Labels>>>()

  constructor(request: GatewayRequest) {
    this.#request = request
  }

  coverage(permission: Permission): Coverage {
    return coverageOf(this.#request.actor, permission, this.#request.accountId)
  }

  /** Nothing in this project is hidden: answers can pass as they are. */
  seesAll(): boolean {
    return kinds.every((kind) => this.coverage(readPermission(kind)) === 'all')
  }

  /** Something is had for a part of this project only: rules are asked of one thing after the other. */
  isPartial(): boolean {
    return (Object.keys(permissions) as Permission[]).some((permission) => this.coverage(permission) === 'some')
  }

  /** Whether the permission covers this very resource. Unknown is not covered. */
  async may(permission: Permission, kind: Kind, id: number): Promise<boolean> {
    const coverage = this.coverage(permission)
    if (coverage !== 'some') return coverage === 'all'
    const resource = await this.resource(kind, id)
    return resource !== null && explain(this.#request.actor, permission, resource).allowed
  }

  /** The facts of a resource that rules can tell apart; null: the project has none such. */
  async resource(kind: Kind, id: number): Promise<Resource | null> {
    const { accountId } = this.#request
    if (kind === 'server') {
      const server = (await this.#knownServers()).get(id)
      return server ? resourceOf(server) : null
    }
    const labels = (await this.#labelsOf(kind)).get(id)
    return labels ? { accountId, labels } : null
  }

  async server(id: number): Promise<KnownServer | null> {
    return (await this.#knownServers()).get(id) ?? null
  }

  /** One has just been taken into our record. */
  forgetServers(): void {
    this.#servers = undefined
  }

  /**
   * Says of each resource whether it is seen, once it has been looked up: `filter` runs twice, first to learn what it asks
   * about.
   */
  async look<T>(filter: (visible: Visible) => T): Promise<T> {
    const asked = new Set<Kind>()
    filter((kind, _id, item) => {
      const permission = readPermission(kind)
      const isTold = kind !== 'server' && (hasLabels(item) || !asksForLabels(this.#reach(permission)))
      if (this.coverage(permission) === 'some' && !isTold) asked.add(kind)
      return true
    })
    const servers = asked.has('server') ? await this.#knownServers() : new Map<number, KnownServer>()
    const labels = new Map<Kind, Map<number, Labels>>()
    for (const kind of asked) if (kind !== 'server') labels.set(kind, await this.#labelsOf(kind))
    return filter((kind, id, item) => {
      const permission = readPermission(kind)
      const coverage = this.coverage(permission)
      if (coverage !== 'some') return coverage === 'all'
      const resource = this.#factsOf(kind, id, item, servers, labels)
      return resource !== null && covers(this.#reach(permission), resource)
    })
  }

  #reach(permission: Permission): Reach {
    return reachOf(this.#request.actor, permission)
  }

  /** The labels in the answer are newer than ours; project and environment are only here. */
  #factsOf(
    kind: Kind,
    id: number,
    item: Parameters<Visible>[2],
    servers: ReadonlyMap<number, KnownServer>,
    labels: ReadonlyMap<Kind, ReadonlyMap<number, Labels>>,
  ): Resource | null {
    const { accountId } = this.#request
    const told = hasLabels(item) ? item.labels : undefined
    if (kind === 'server') {
      const known = servers.get(id)
      if (known) return { ...resourceOf(known), ...(told ? { labels: told } : {}) }
      return told ? { accountId, labels: told } : null
    }
    const found = told ?? labels.get(kind)?.get(id)
    if (!found && asksForLabels(this.#reach(readPermission(kind)))) return null
    return { accountId, labels: found ?? {} }
  }

  #knownServers(): Promise<Map<number, KnownServer>> {
    const { ctx, accountId } = this.#request
    this.#servers ??= selectServerFacts(ctx.db, accountId).then(
      (rows) => new Map(rows.map((row) => [Number(row.providerId), row])),
    )
    return this.#servers
  }

  #labelsOf(kind: Kind): Promise<Map<number, Labels>> {
    const known = this.#labels.get(kind)
    if (known) return known
    const collection = collectionOf[kind]
    const reading = readAllPages(this.#request, `/${collection}`, [], collection).then(
      (items) => new Map(items.flatMap((item) => (hasLabels(item) ? [[Number(item['id']), item.labels]] : []))),
    )
    this.#labels.set(kind, reading)
    return reading
  }
}

function hasLabels(item: unknown): item is { labels: Record<string, string> } & Record<string, unknown> {
  if (typeof item !== 'object' || item === null || !('labels' in item)) return false
  const { labels } = item
  return typeof labels === 'object' && labels !== null
}

/** The refusal of what is not theirs: the same as of what is not there. */
export const notThere = (kind: string): AppError =>
  new AppError('not_found', { message: `${kind.replaceAll('_', ' ')} not found` })
