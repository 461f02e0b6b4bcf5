import type { ResourceKind } from '../kind.ts'
import type { GatewayPermission } from '../permission.ts'

/**
 * What becomes of a reference to something out of sight: `value`: null in its place; `item`: the item of the nearest
 * list goes; `object`: the object it stands in becomes null.
 */
export type Hide = 'value' | 'item' | 'object'

export type Rule =
  | { is: 'reference'; kind: ResourceKind; hide: Hide }
  /** An object whose `type` says what its `id` names. */
  | { is: 'typed' }
  /** A whole resource inside another; null when out of sight. */
  | { is: 'embedded'; shape: string }
  /** Names nothing that could be out of sight, though its name may look so. */
  | { is: 'plain' }

export interface Shape {
  /**
   * What decides whether the whole is seen: a kind: its own `id`; `typed`: its `id`, of the kind its `type` says;
   * `resources`: any of its `resources` (an image beside a server does not count); `parent`: a reference inside it.
   */
  seenBy: ResourceKind | 'typed' | 'resources' | 'parent'
  /** Given to all customers alike. */
  isPublic?: (item: Readonly<Record<string, unknown>>) => boolean
  rules: Readonly<Record<string, Rule>>
  /** Places of secrets, and who may see them. */
  secrets?: Readonly<Record<string, GatewayPermission>>
}

export const to = (kind: ResourceKind, hide: Hide): Rule => ({ is: 'reference', kind, hide })
export const typed: Rule = { is: 'typed' }
export const embedded = (shape: string): Rule => ({ is: 'embedded', shape })
export const plain: Rule = { is: 'plain' }
