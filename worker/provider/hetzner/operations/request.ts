import { AppError } from '../../../kernel/errors.ts'
import type { Field, ReferenceField, ReferenceKind } from './fields.ts'
import { parseId, type PathIds } from './match.ts'
import type { Operation } from './operation.ts'
import type { GatewayPermission } from './permission.ts'
import { isObject, ITEM, memo, toTree, type Node } from './tree.ts'

export type Query = readonly (readonly [name: string, value: string])[]

export interface RequestInput {
  ids: PathIds
  query?: Query
  body?: unknown
}

/** Something a request names. Whoever forwards it checks each one, and puts the id in the place of a name. */
export type Reference = {
  kind: ReferenceKind
  /** What the caller must be allowed to do with it. */
  needs: GatewayPermission
  /** `path.id`, `query.bound_to`, `body.firewalls[0].firewall`. */
  where: string
} & (
  | { by: 'id'; id: number }
  | { by: 'name'; name: string }
  | { by: 'selector'; selector: string }
  | { by: 'ip'; ip: string }
  | { by: 'domain'; domain: string }
)

export interface CleanRequest {
  /** Only parameters the document has. */
  query: [string, string][]
  /** Only fields the document has; ids are numbers. Undefined where the operation takes no body. */
  body: unknown
  references: Reference[]
}

const bodyTree = memo((operation: Operation) => toTree<Field>(operation.body ?? {}))

/**
 * What of a request may be sent on, and everything it names. A field or parameter that the table does not have is left
 * out, as the provider would ignore it: so nothing unseen is ever sent.
 * @throws AppError `invalid_input`, with the field: an id, a choice or a container of the wrong form.
 */
export function readRequest(operation: Operation, input: RequestInput): CleanRequest {
  const references: Reference[] = pathReferences(operation, input.ids)
  const query: [string, string][] = []
  for (const [name, value] of input.query ?? []) {
    const field = Object.hasOwn(operation.query ?? {}, name) ? operation.query?.[name] : undefined
    if (!field) continue
    if (field.is === 'reference') references.push(toReference(field, value, `query.${name}`))
    query.push([name, value])
  }
  let body: unknown
  if (operation.body && input.body !== undefined && input.body !== null) {
    body = readField(bodyTree(operation), input.body, 'body', references)
  }
  // As labels, null means "as they are": whoever reads it as "none" must not get to read it.
  if (operation.labels === 'replace' && isObject(body) && body['labels'] === null) {
    const { labels: _, ...rest } = body
    body = rest
  }
  return { query, body, references }
}

/** Everything a request names; see `readRequest`. */
export const readReferences = (operation: Operation, input: RequestInput): Reference[] =>
  readRequest(operation, input).references

/** The body for a log or the audit: what is secret is replaced, what is unknown left out. Never throws. */
export function redactBody(operation: Operation, body: unknown): unknown {
  const hide = (node: Node<Field>, value: unknown): unknown => {
    if (value === null || value === undefined) return value
    if (node.rule) return node.rule.is === 'secret' ? '[redacted]' : value
    const item = node.children.get(ITEM)
    if (item) return Array.isArray(value) ? value.map((one) => hide(item, one)) : undefined
    if (!isObject(value)) return undefined
    const fields = [...node.children].filter(([name]) => Object.hasOwn(value, name))
    return Object.fromEntries(fields.map(([name, child]) => [name, hide(child, value[name])]))
  }
  return operation.body ? hide(bodyTree(operation), body) : undefined
}

/**
 * The server whose ActionLock is held meanwhile: its id, `holder` (the one the resource in the path is attached to
 * now, to be looked up), or null.
 */
export function lockedServer(operation: Operation, references: readonly Reference[]): number | 'holder' | null {
  if (!operation.lock || operation.lock === 'holder') return operation.lock ?? null
  const reference = references.find(({ where }) => where === operation.lock)
  return reference?.by === 'id' ? reference.id : null
}

function pathReferences(operation: Operation, ids: PathIds): Reference[] {
  return operation.parameters.flatMap(({ name, kind }): Reference[] => {
    if (kind === 'none') return []
    const text = Object.hasOwn(ids, name) ? (ids[name] ?? '') : ''
    const by = name === 'id_or_name' ? 'id_or_name' : 'id'
    return [toReference({ is: 'reference', kind, by, needs: operation.permission }, text, `path.${name}`)]
  })
}

function readField(node: Node<Field>, value: unknown, where: string, found: Reference[]): unknown {
  // The clients mean by null that a field is absent.
  if (value === null || value === undefined) return value
  if (node.rule) return readRule(node.rule, value, where, found)
  const item = node.children.get(ITEM)
  if (item) {
    if (!Array.isArray(value)) throw invalid(where, 'must be a list')
    return value.map((one, index) => readField(item, one, `${where}[${index}]`, found))
  }
  if (!isObject(value)) throw invalid(where, 'must be an object')
  const clean: Record<string, unknown> = {}
  for (const [name, child] of node.children) {
    if (Object.hasOwn(value, name)) clean[name] = readField(child, value[name], `${where}.${name}`, found)
  }
  return clean
}

function readRule(rule: Field, value: unknown, where: string, found: Reference[]): unknown {
  if (rule.is === 'choice' && !rule.of.includes(value as string))
    throw invalid(where, `must be ${rule.of.join(' or ')}`)
  if (rule.is !== 'reference') return value
  const reference = toReference(rule, value, where)
  found.push(reference)
  return reference.by === 'id' ? reference.id : value
}

/** A list of names must not hold something that the provider reads as an id after all. */
const readsAsNumber = (text: string): boolean => text.trim() === '' || !Number.isNaN(Number(text))

function toReference({ kind, by, needs }: ReferenceField, value: unknown, where: string): Reference {
  const base = { kind, needs, where }
  if (by === 'selector' || by === 'ip' || by === 'domain') {
    if (typeof value !== 'string' || value.trim() === '') throw invalid(where, 'must be a text')
    if (by === 'domain') return { ...base, by, domain: value }
    return by === 'selector' ? { ...base, by, selector: value } : { ...base, by, ip: value }
  }
  const inPlaceOfNumber = by === 'id_or_name' || !where.startsWith('body.')
  const id = typeof value === 'string' && inPlaceOfNumber ? parseId(value) : value
  if (typeof id === 'number' && Number.isSafeInteger(id) && id > 0) return { ...base, by: 'id', id }
  if (by === 'id_or_name' && typeof value === 'string' && !readsAsNumber(value))
    return { ...base, by: 'name', name: value }
  throw invalid(where, by === 'id' ? 'must be an id' : 'must be an id or a name')
}

const invalid = (where: string, problem: string): AppError => {
  const path = where.replace(/^(?:body|query|path)\./, '')
  return new AppError('invalid_input', { detail: `${where} ${problem}`, fields: [{ path, message: problem }] })
}
