/** The parts of OpenAPI 3.1 and JSON Schema that our document uses. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  enum?: unknown[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  additionalProperties?: boolean | Schema
  description?: string
  format?: string
  pattern?: string
  default?: unknown
  example?: unknown
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  'x-status'?: Record<string, number>
}
type Content = Record<string, { schema?: Schema }>
export interface Parameter {
  name: string
  in: string
  required?: boolean
  description?: string
  schema?: Schema
}
interface WireOperation {
  operationId: string
  tags?: string[]
  summary?: string
  description?: string
  'x-permission'?: string
  parameters?: Parameter[]
  requestBody?: { content?: Content }
  responses?: Record<string, { description?: string; content?: Content }>
}
export interface ApiDocument {
  info: { title: string; version: string; description?: string }
  paths: Record<string, Record<string, WireOperation>>
  components?: { schemas?: Record<string, Schema> }
}

export interface Answer {
  status: string
  description: string
  schema: Schema | undefined
}
/** One operation, flat: what a reader wants to know of it. */
export interface Operation {
  id: string
  method: string
  path: string
  tag: string
  summary: string
  description: string
  /** A permission of the table, `self` or `public`. */
  permission: string
  parameters: Parameter[]
  body: Schema | undefined
  /** What comes back when all went well. */
  answers: Answer[]
}
export interface Group {
  tag: string
  /** Its place in the page: `#tag-servers`. */
  id: string
  operations: Operation[]
}

const schemaOf = (content: Content | undefined) => content?.['application/json']?.schema

function flatten(path: string, method: string, wire: WireOperation): Operation {
  return {
    id: wire.operationId,
    method: method.toUpperCase(),
    path,
    tag: wire.tags?.[0] ?? '',
    summary: wire.summary ?? '',
    description: wire.description ?? '',
    permission: wire['x-permission'] ?? 'public',
    parameters: wire.parameters ?? [],
    body: schemaOf(wire.requestBody?.content),
    answers: Object.entries(wire.responses ?? {})
      .filter(([status]) => /^[123]/.test(status))
      .map(([status, { description = '', content }]) => ({ status, description, schema: schemaOf(content) })),
  }
}

/** All operations by their tag, both in the order of the document. */
export function groupOperations(document: ApiDocument): Group[] {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, wire]) => flatten(path, method, wire)),
  )
  const tags = [...new Set(operations.map(({ tag }) => tag))]
  return tags.map((tag) => ({
    tag,
    id: `tag-${tag.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`,
    operations: operations.filter((operation) => operation.tag === tag),
  }))
}

/** The operations in which every typed word occurs somewhere; groups without any are left out. */
export function searchOperations(groups: readonly Group[], query: string): Group[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return [...groups]
  const text = (one: Operation) =>
    [one.method, one.path, one.id, one.tag, one.summary, one.description, one.permission].join('\n').toLowerCase()
  return groups
    .map((group) => ({
      ...group,
      operations: group.operations.filter((operation) => words.every((word) => text(operation).includes(word))),
    }))
    .filter((group) => group.operations.length > 0)
}
