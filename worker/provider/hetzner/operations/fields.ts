import type { CatalogueKind, ResourceKind } from './kind.ts'
import type { GatewayPermission } from './permission.ts'

/** How a field names a resource. `selector`: all that carry certain labels, now and later. `ip`: only by its address. `domain`: the zone that a name is in. */
export type ReferenceBy = 'id' | 'id_or_name' | 'selector' | 'ip' | 'domain'

/** `dedicated_server`: a root server of the same customer, outside the project. */
export type ReferenceKind = ResourceKind | CatalogueKind | 'dedicated_server'

export interface ReferenceField {
  is: 'reference'
  kind: ReferenceKind
  by: ReferenceBy
  /** What the caller must be allowed to do with the resource that is named. */
  needs: GatewayPermission
}

export type Field =
  /** Names no resource, and neither does anything inside it. */
  | { is: 'plain' }
  /** Never written down. */
  | { is: 'secret' }
  /** Any other value is refused: it decides what the fields beside it mean. */
  | { is: 'choice'; of: readonly string[] }
  | ReferenceField

/** Every field of a request body by its place: `firewalls[].firewall`. What does not stand here is not sent on. */
export type BodyFields = Readonly<Record<string, Field>>

export type QueryField = { is: 'paging' | 'filter' } | ReferenceField
export type QueryFields = Readonly<Record<string, QueryField>>

const plainField: Field = { is: 'plain' }
export const plain = (...at: string[]): BodyFields => Object.fromEntries(at.map((place) => [place, plainField]))

export const secret: Field = { is: 'secret' }
export const choice = (...of: string[]): Field => ({ is: 'choice', of })

const reference =
  (by: ReferenceBy) =>
  (kind: ReferenceKind, needs: GatewayPermission): ReferenceField => ({ is: 'reference', kind, by, needs })
export const byId = reference('id')
export const byIdOrName = reference('id_or_name')
export const bySelector = reference('selector')
export const byIp = reference('ip')
export const byDomain = reference('domain')

/** Parameters of a list that only narrow, order or page what is filtered afterwards. */
export const listing = (...filters: string[]): QueryFields => ({
  page: { is: 'paging' },
  per_page: { is: 'paging' },
  ...filtering(...filters),
})

export const filtering = (...filters: string[]): QueryFields =>
  Object.fromEntries(filters.map((name) => [name, { is: 'filter' }] as const))
