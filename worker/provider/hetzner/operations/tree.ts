/** Places such as `firewalls[].firewall`, as a tree to walk along with a value. */
export interface Node<T> {
  rule: T | undefined
  children: Map<string, Node<T>>
}

/** The child that stands for every item of a list. */
export const ITEM = '[]'

export function toTree<T>(rules: Readonly<Record<string, T>>): Node<T> {
  const root: Node<T> = { rule: undefined, children: new Map() }
  for (const [place, rule] of Object.entries(rules)) {
    let node = root
    for (const segment of place.replaceAll('[]', `.${ITEM}`).split('.')) {
      const next = node.children.get(segment) ?? { rule: undefined, children: new Map<string, Node<T>>() }
      node.children.set(segment, next)
      node = next
    }
    node.rule = rule
  }
  return root
}

/** Remembers what was made of an object for as long as it lives. */
export function memo<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const made = new WeakMap<K, V>()
  return (key) => {
    const value = made.get(key) ?? make(key)
    made.set(key, value)
    return value
  }
}

export type Fields = Readonly<Record<string, unknown>>
export const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
