import type { Envelope } from './envelope.ts'
import type { BodyFields, QueryFields } from './fields.ts'
import type { CatalogueKind, ResourceKind } from './kind.ts'
import { collections } from './kind.ts'
import type { GatewayPermission } from './permission.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
export type OperationKey = `${Method} /${string}`

/** The acts an owner can lock a server against (DESIGN §6). */
export type OwnerLock = 'delete' | 'rebuild' | 'resize'

/**
 * What a second sending does (FACTS §3): `same`: the state it would have had anyway; `named`: a refusal, because the
 * name is taken, so that what the first one made can be looked up by its name; `twice`: the act once more.
 * The official clients repeat every method alike after conflict, rate limit, bad gateway and timeout.
 */
export type Repeat = 'same' | 'named' | 'twice'

export interface Spec {
  /** Held for the resource in the path, or for what is listed or created. */
  permission: GatewayPermission
  /** Held too, for what is created or lost besides. */
  alsoNeeds?: GatewayPermission
  /** Any `:read` will do in the place of `permission`: what the answer holds is filtered one by one. */
  anyReader?: true
  query?: QueryFields
  body?: BodyFields
  answer: Envelope
  status?: 200 | 201 | 204
  /**
   * The server whose ActionLock is held meanwhile: a parameter of the path, a field of the body (where it is given), or
   * `holder`: the server the resource in the path is attached to now, which the request does not name.
   */
  lock?: `path.${string}` | `body.${string}` | 'holder'
  ownerLock?: OwnerLock
  /** Loses what nobody can bring back: step-up where the owner wants it. DELETE always does. */
  destructive?: true
  /** Without it, POST is `twice` and the others are `same`. */
  repeat?: Repeat
  creates?: ResourceKind
  /** Entries on a page at most, where it is not the usual 50. */
  mostPerPage?: number
  /** What the synced mirror may answer. */
  mirror?: 'servers' | 'server' | 'actions'
  /** Still served, but announced to go. */
  deprecated?: true
  /** No longer served: 410 with these words. */
  removed?: { message: string; announcement: string }
  /** The edition of the document that brings it, where ours is older. */
  edition?: string
}

export interface PathParameter {
  name: string
  /** `none`: a name within the resource before it. */
  kind: ResourceKind | CatalogueKind | 'none'
}

/** One operation of the provider's API, described once for whoever sends, forwards or documents it. */
export interface Operation extends Spec {
  key: OperationKey
  method: Method
  /** Relative to the base URL; `{name}` stands for a parameter. */
  path: string
  parameters: readonly PathParameter[]
  access: 'read' | 'write'
  repeat: Repeat
  /** Sending it twice ends in the same state as sending it once (FACTS §3). */
  idempotent: boolean
  status: 200 | 201 | 204
  isDestructive: boolean
  /**
   * `stamp`: what it creates can be given labels. `replace`: it replaces all labels of what it names. Labels of what is
   * inside a resource, as a zone's records are, are none that a rule could be about.
   */
  labels: 'stamp' | 'replace' | null
}

/** Fills in what follows from method, path and fields. */
export function define(key: OperationKey, spec: Spec): Operation {
  const space = key.indexOf(' ')
  const method = key.slice(0, space) as Method
  const path = key.slice(space + 1)
  const repeat = spec.repeat ?? (method === 'POST' ? 'twice' : 'same')
  const parameters = parametersOf(path)
  const takesLabels = spec.body?.labels !== undefined && parameters.at(-1)?.kind !== 'none'
  return {
    ...spec,
    key,
    method,
    path,
    parameters,
    access: method === 'GET' ? 'read' : 'write',
    repeat,
    idempotent: repeat === 'same',
    status: spec.status ?? (method === 'POST' ? 201 : method === 'DELETE' ? 204 : 200),
    isDestructive: spec.destructive ?? method === 'DELETE',
    labels: takesLabels ? (method === 'PUT' ? 'replace' : 'stamp') : null,
  }
}

function parametersOf(path: string): PathParameter[] {
  const segments = path.split('/')
  return segments.flatMap((segment, index) => {
    if (!segment.startsWith('{')) return []
    const name = segment.slice(1, -1)
    return [{ name, kind: collections[segments[index - 1] ?? ''] ?? 'none' }]
  })
}

/** Fills the template; values are encoded, so that an id can never name another path. */
export function fillPath(operation: Pick<Operation, 'path'>, params: Readonly<Record<string, string>> = {}): string {
  return operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined
    if (!value || /^\.+$/.test(value)) throw new Error(`${operation.path} needs a valid ${name}`)
    return encodeURIComponent(value)
  })
}
