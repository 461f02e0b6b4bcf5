import type { ApiDocument, Operation, Schema } from './document.ts'
import { resolve } from './schema.ts'

const DEPTH = 5

const texts: Record<string, string> = {
  'date-time': '2026-11-21T09:30:00.000Z',
  email: 'ada@example.com',
  uri: 'https://example.com',
}

/** A value that would be valid, made from the schema; `name` helps where it says nothing else. */
export function exampleOf(document: ApiDocument, schema: Schema, name = '', depth = 0): unknown {
  const here = resolve(document, schema)
  if (here.example !== undefined) return here.example
  if (here.default !== undefined) return here.default
  if (here.enum) return here.enum[0]
  const choices = here.anyOf ?? here.oneOf
  if (choices?.[0]) return exampleOf(document, choices[0], name, depth)
  const type = Array.isArray(here.type) ? here.type[0] : here.type
  if (type === 'array') return depth >= DEPTH || !here.items ? [] : [exampleOf(document, here.items, name, depth + 1)]
  if (type === 'object' || here.properties) return exampleObject(document, here, depth)
  if (type === 'integer' || type === 'number') return Math.max(1, here.minimum ?? 1)
  if (type === 'boolean') return false
  if (type === 'null') return null
  return texts[here.format ?? ''] ?? (/id$/i.test(name) ? '…' : 'text')
}

function exampleObject(document: ApiDocument, schema: Schema, depth: number): Record<string, unknown> {
  if (depth >= DEPTH) return {}
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([name, value]) => [name, exampleOf(document, value, name, depth + 1)]),
  )
}

export const exampleJson = (document: ApiDocument, schema: Schema): string =>
  JSON.stringify(exampleOf(document, schema), null, 2)

const quote = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`

/** A command that calls the operation, to be pasted into a shell after the token and the ids were filled in. */
export function curlOf(document: ApiDocument, operation: Operation, origin: string): string {
  const query = operation.parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required)
    .map((parameter) => {
      const value = exampleOf(document, parameter.schema ?? {}, parameter.name)
      return `${parameter.name}=${encodeURIComponent(String(Array.isArray(value) ? value[0] : value))}`
    })
  const url = `${origin}${operation.path}${query.length > 0 ? `?${query.join('&')}` : ''}`
  const lines = [`curl ${quote(url)}`]
  if (operation.method !== 'GET') lines.push(`--request ${operation.method}`)
  if (operation.permission !== 'public') lines.push('--header "Authorization: Bearer $WEBNOVA_TOKEN"')
  if (operation.method !== 'GET' && operation.permission !== 'public') {
    lines.push('--header "Idempotency-Key: $(uuidgen)"')
  }
  if (operation.body) {
    lines.push("--header 'Content-Type: application/json'", `--data ${quote(exampleJson(document, operation.body))}`)
  }
  return lines.join(' \\\n  ')
}

/** How the one WebSocket of the API is opened. */
export const socketOf = (operation: Operation, origin: string): string =>
  `const socket = new WebSocket('${origin.replace(/^http/, 'ws')}${operation.path}')\n` +
  `socket.onmessage = ({ data }) => console.log(JSON.parse(data))`
