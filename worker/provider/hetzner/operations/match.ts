import type { Method, Operation } from './operation.ts'
import { operations } from './table.ts'

/** The parameters of a path, in the one way each can be written. `fillPath` makes the path to send from them. */
export type PathIds = Readonly<Record<string, string>>

export interface Match {
  operation: Operation
  ids: PathIds
}

interface Template {
  path: string
  segments: readonly string[]
  byMethod: Map<string, Operation>
}

const longestPath = 1_024

const templates = new Map<string, Template[]>()
for (const operation of operations) {
  const segments = operation.path.split('/')
  const shape = shapeOf(segments)
  const found = templates.get(shape) ?? []
  templates.set(shape, found)
  const template = found.find(({ path }) => path === operation.path)
  if (template) template.byMethod.set(operation.method, operation)
  else found.push({ path: operation.path, segments, byMethod: new Map([[operation.method, operation]]) })
}

/**
 * The operation a request asks for, or null: then it is refused (DESIGN §10). `rawPath` is what follows the base URL, as
 * it was sent, without the query. Nothing is collapsed, lower-cased or decoded, but for `%40` and `%2A` in the name of a
 * record; an id is a positive integer written as numbers are, a name is in lower case.
 */
export function matchOperation(method: string, rawPath: string): Match | null {
  for (const { template, ids } of matchingTemplates(rawPath)) {
    const operation = template.byMethod.get(method)
    if (operation) return { operation, ids }
  }
  return null
}

/** The methods of a path: none: there is no such path (404); others than the one asked for: 405 (FACTS §1). */
export function methodsOf(rawPath: string): Method[] {
  return matchingTemplates(rawPath).flatMap(({ template }) => [...template.byMethod.keys()] as Method[])
}

function matchingTemplates(rawPath: string): { template: Template; ids: PathIds }[] {
  if (rawPath.length > longestPath) return []
  const given = rawPath.split('/')
  return (templates.get(shapeOf(given)) ?? []).flatMap((template) => {
    const ids = idsOf(template.segments, given)
    return ids ? [{ template, ids }] : []
  })
}

/** Paths can only be the same if this is: the first two segments and how many there are. */
function shapeOf(segments: readonly string[]): string {
  return `${segments.length} ${segments[0]}/${segments[1]}`
}

function idsOf(template: readonly string[], given: readonly string[]): PathIds | null {
  const ids: Record<string, string> = {}
  for (const [index, expected] of template.entries()) {
    const actual = given[index]
    if (actual === undefined) return null
    if (expected.startsWith('{')) {
      const name = expected.slice(1, -1)
      const value = (parameters[name] ?? canonicalId)(actual)
      if (value === null) return null
      ids[name] = value
    } else if (actual !== expected) return null
  }
  return ids
}

/** The number in `text`, where it is written as ids are and exact in JavaScript; otherwise null. */
export function parseId(text: string): number | null {
  if (!/^[1-9][0-9]{0,15}$/.test(text)) return null
  const id = Number(text)
  return Number.isSafeInteger(id) ? id : null
}

const canonicalId = (text: string): string | null => (parseId(text) === null ? null : text)

/** Of at most 63 characters; an underscore stands where services are named. */
const label = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?'
const zoneName = new RegExp(`^(?:${label}\\.)+${label}$`)
const recordName = new RegExp(`^(?:@|\\*|(?:\\*\\.)?${label}(?:\\.${label})*)$`)
const longestName = 253

export const recordTypes: ReadonlySet<string> = new Set(
  'A AAAA CAA CNAME DS HINFO HTTPS MX NS PTR RP SOA SRV SVCB TLSA TXT'.split(' '),
)

const parameters: Record<string, (text: string) => string | null> = {
  // A name has a dot and an id has none, so neither is ever taken for the other.
  id_or_name: (text) => (text.length <= longestName && zoneName.test(text) ? text : canonicalId(text)),
  rr_name: (text) => {
    // Clients may encode these two, and nothing else that a name can hold.
    const name = text.replace(/^%40$/, '@').replace(/^%2A(?=$|\.)/i, '*')
    return name.length <= longestName && recordName.test(name) ? name : null
  },
  rr_type: (text) => (recordTypes.has(text) ? text : null),
}
