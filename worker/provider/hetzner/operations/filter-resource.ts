import { isCatalogueKind, isResourceKind, type ResourceKind } from './kind.ts'
import { shapes, type Rule, type Shape, type ShapeName } from './shapes.ts'
import { isObject, ITEM, memo, toTree, type Fields, type Node } from './tree.ts'

/**
 * Whether the caller may see a resource. `item` is the resource itself where the answer holds it, with its labels; where
 * it holds only an id, it is undefined. Never asked about actions.
 */
export type Visible = (kind: Exclude<ResourceKind, 'action'>, id: number, item?: Fields) => boolean

const treeOf = memo((shape: Shape) => toTree<Rule>(shape.rules))

/** The outcomes of a hidden reference that reach further than its own place. */
const ITEM_GOES = Symbol('item goes')
const OBJECT_IS_NULL = Symbol('object is null')
const FIELD_GOES = Symbol('field goes')

/**
 * Names that resources are referred to by. A field that no rule knows, and that has such a name, goes: a newer edition
 * may have brought a reference nobody has looked at yet (fail closed).
 */
const referenceName =
  /(?:^|_)(?:ids?|(?:server|volume|network|firewall|image|ssh_key|load_balancer|certificate|zone|placement_group|primary_ip|floating_ip|iso|action|resource|target|member|backup|snapshot)s?|assignee|used_by|applied_to|bound_to|created_from)$/
export const looksLikeReference = (name: string): boolean => referenceName.test(name)

/** The resource as the caller may see it, in a copy; null: not at all. */
export function filterResource(name: ShapeName, item: Fields, visible: Visible): Fields | null {
  const shape: Shape = shapes[name]
  if (!isSeen(shape, item, visible)) return null
  const seen = walkObject(item, treeOf(shape), visible, shape)
  return isObject(seen) ? seen : null
}

function isSeen(shape: Shape, item: Fields, visible: Visible): boolean {
  const { seenBy } = shape
  if (shape.isPublic?.(item)) return true
  if (seenBy === 'parent') return true
  if (seenBy === 'resources') {
    return isActionSeen(item['resources'], visible)
  }
  if (seenBy === 'typed') return isTypedSeen(item, visible, false)
  return isIdSeen(seenBy, item['id'], visible, item)
}

/** By anything that it is about; but that a server was made of an image for everybody makes nobody see that server. */
function isActionSeen(resources: unknown, visible: Visible): boolean {
  const about = Array.isArray(resources) ? resources.filter(isObject) : []
  const ofServer = about.some(({ type }) => type === 'server')
  return about.some((one) => !(ofServer && one['type'] === 'image') && isTypedSeen(one, visible, false))
}

function isIdSeen(kind: ResourceKind, id: unknown, visible: Visible, item?: Fields): boolean {
  return kind !== 'action' && typeof id === 'number' && Number.isSafeInteger(id) && visible(kind, id, item)
}

/** The catalogue is open to all, but to name something of it shows nobody the rest. */
function isTypedSeen({ type, id }: Fields, visible: Visible, withCatalogue: boolean): boolean {
  if (withCatalogue && isCatalogueKind(type)) return true
  return isResourceKind(type) && isIdSeen(type, id, visible)
}

function walk(value: unknown, node: Node<Rule> | undefined, visible: Visible): unknown {
  if (value === null || value === undefined) return value
  if (node?.rule) return apply(node.rule, value, visible)
  const item = node?.children.get(ITEM)
  if (Array.isArray(value)) {
    if (node && !item) return null
    return value.map((one) => walk(one, item, visible)).filter((one) => one !== ITEM_GOES)
  }
  // A list or an object that is suddenly something else.
  if (item || (node && !isObject(value))) return null
  return isObject(value) ? walkObject(value, node, visible) : value
}

function walkObject(value: Fields, node: Node<Rule> | undefined, visible: Visible, root?: Shape): unknown {
  const kept: Record<string, unknown> = {}
  for (const name of Object.keys(value)) {
    const seen = walkField(name, value[name], node?.children.get(name), visible, root)
    if (seen === ITEM_GOES) return ITEM_GOES
    if (seen === OBJECT_IS_NULL) return null
    if (seen !== FIELD_GOES) kept[name] = seen
  }
  return kept
}

function walkField(
  name: string,
  value: unknown,
  node: Node<Rule> | undefined,
  visible: Visible,
  root: Shape | undefined,
): unknown {
  if (name === '__proto__') return FIELD_GOES
  // The customer's own words, and, at the top, what `isSeen` has looked at.
  if (name === 'labels' || (root && root.seenBy !== 'parent' && name === 'id')) return value
  if (!node && looksLikeReference(name)) return FIELD_GOES
  return walk(value, node, visible)
}

function apply(rule: Rule, value: unknown, visible: Visible): unknown {
  switch (rule.is) {
    case 'plain':
      return value
    case 'reference':
      return isIdSeen(rule.kind, value, visible) ? value : hidden[rule.hide]
    case 'typed': {
      if (!isObject(value) || !isTypedSeen(value, visible, true)) return ITEM_GOES
      const { id, ...rest } = value
      const others = walkObject(rest, undefined, visible)
      return isObject(others) ? { id, ...others } : ITEM_GOES
    }
    case 'embedded':
      return isObject(value) ? filterResource(rule.shape as ShapeName, value, visible) : null
  }
}

const hidden = { value: null, item: ITEM_GOES, object: OBJECT_IS_NULL }
