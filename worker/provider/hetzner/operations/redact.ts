import type { Operation } from './operation.ts'
import type { GatewayPermission } from './permission.ts'
import { shapes, type Shape } from './shapes.ts'
import { isObject, ITEM, memo, toTree, type Node } from './tree.ts'

/** Names of fields that hold secrets, whether or not the table knows them. */
const secretName = /password|passwd|passphrase|secret|token|wss_url|private_key|tsig_key|credential/i
export const looksSecret = (name: string): boolean => secretName.test(name)

const secretsOf = memo((operation: Operation) => {
  const places: Record<string, GatewayPermission> = {}
  for (const [name, field] of Object.entries(operation.answer)) {
    if (field.is === 'secret') places[name] = field.needs
    if (field.is !== 'one' && field.is !== 'many') continue
    const { secrets = {} }: Shape = shapes[field.shape]
    for (const [place, needs] of Object.entries(secrets)) {
      places[`${name}${field.is === 'many' ? '[]' : ''}.${place}`] = needs
    }
  }
  return toTree(places)
})

/**
 * The answer with null in the place of every secret the caller may not see (P1.3): root passwords, the console's address
 * and password, keys of zone transfers. A field at the top that looks like a secret and is unknown is hidden from all.
 * For a log: `redact(operation, answer, () => false)`. The answer itself is left as it is.
 */
export function redact(operation: Operation, answer: unknown, may: (needs: GatewayPermission) => boolean): unknown {
  if (!isObject(answer)) return answer
  const tree = secretsOf(operation)
  const shown = Object.entries(answer).map(([name, value]) => {
    const node = tree.children.get(name)
    if (node) return [name, hide(value, node, may)]
    return [name, looksSecret(name) ? null : value]
  })
  return Object.fromEntries(shown)
}

function hide(value: unknown, node: Node<GatewayPermission>, may: (needs: GatewayPermission) => boolean): unknown {
  if (node.rule) return may(node.rule) ? value : null
  const item = node.children.get(ITEM)
  if (item) return Array.isArray(value) ? value.map((one) => hide(one, item, may)) : null
  if (!isObject(value)) return null
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => {
      const child = node.children.get(name)
      return [name, child ? hide(field, child, may) : field]
    }),
  )
}
