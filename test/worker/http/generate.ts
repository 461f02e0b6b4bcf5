import * as fc from 'fast-check'
import type { RoutePermission } from '../../../worker/kernel/permissions.ts'

/** As much of JSON Schema as the document uses. */
export interface JsonSchema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: boolean | JsonSchema
  items?: JsonSchema
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  format?: string
}

export interface Operation {
  parameters?: { name: string; in: string; required?: boolean; schema: JsonSchema }[]
  'x-permission'?: RoutePermission
  requestBody?: { content: Record<string, { schema: JsonSchema }> }
}

export interface Document {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, JsonSchema> }
}

export interface Generated {
  operation: string
  path: string
  body: string | Uint8Array | undefined
  headers: Record<string, string>
}

/** What has broken somebody's parser, database or log before. */
export const evilText = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '\ud800',
    'x\udfff',
    '\ufeff',
    '\u202egnp',
    'ß',
    'İ',
    '👩🏽‍💻',
    'نص',
    "'; DROP TABLE users;--",
    '"',
    '\\',
    '%',
    '%00',
    '%E0%A4%A',
    '../../me',
    '..',
    '.',
    'null',
    'undefined',
    'NaN',
    '1e309',
    '-1',
    '0x10',
    '[object Object]',
    '__proto__',
    'constructor',
    'toString',
    '{}',
    '[]',
    '2026-99-99T99:99:99Z',
    '+275760-09-13T00:00:00Z',
    '0000-01-01T00:00:00Z',
    'x'.repeat(64),
    'x'.repeat(300),
    'é'.repeat(5_000),
    'WyJhIiwxZTk5OSwibiJd',
    'W251bGwsbnVsbF0',
    'WzFlOTk5LCJ4Il0',
    'W10',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
)

const evilValue: fc.Arbitrary<unknown> = fc.oneof(
  evilText,
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e308, Number.MAX_SAFE_INTEGER + 1, [], {}, [[]], [null], {
    a: { b: {} },
  }),
  fc.jsonValue({ maxDepth: 3 }),
)

/** Values a schema allows. */
export function valid(schema: JsonSchema, document: Document, depth = 0): fc.Arbitrary<unknown> {
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1) ?? ''
    return valid(document.components.schemas[name] ?? {}, document, depth + 1)
  }
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf
  if (choices) return fc.oneof(...choices.map((choice) => valid(choice, document, depth + 1)))
  if (Array.isArray(schema.type))
    return fc.oneof(...schema.type.map((type) => valid({ ...schema, type }, document, depth)))
  return ofType(schema, document, depth)
}

function ofType(schema: JsonSchema, document: Document, depth: number): fc.Arbitrary<unknown> {
  const { minimum = 0, maximum = 1_000, minItems = 0, maxItems = 4, minLength = 0, maxLength = 40 } = schema
  switch (schema.type) {
    case 'string':
      if (schema.format === 'date-time') return fc.constantFrom('2026-11-20T00:00:00Z', '2026-11-20T00:00:00.123+05:30')
      if (schema.format === 'email') return fc.constantFrom('a@example.com', 'B.C+d@EXAMPLE.org')
      return fc.string({ unit: fc.constantFrom(...'abcdefABC012-_ é'), minLength: Math.max(1, minLength), maxLength })
    case 'integer':
      return fc.integer({ min: Math.max(minimum, -1_000), max: Math.min(maximum, 1_000) })
    case 'number':
      return fc.double({ min: minimum, max: maximum, noNaN: true })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return fc.array(valid(schema.items ?? {}, document, depth + 1), {
        minLength: minItems,
        maxLength: Math.max(minItems, Math.min(4, maxItems)),
      })
    case 'object':
      return ofObject(schema, document, depth)
    default:
      return fc.jsonValue({ maxDepth: 1 })
  }
}

function ofObject(schema: JsonSchema, document: Document, depth: number): fc.Arbitrary<unknown> {
  if (!schema.properties)
    return fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 })
  const fields = Object.entries(schema.properties).map(
    ([key, field]) => [key, valid(field, document, depth + 1)] as const,
  )
  return fc.record(Object.fromEntries(fields), { requiredKeys: schema.required ?? [] })
}

/** One field, or the whole, replaced by something else. */
function broken(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value !== 'object' || value === null) return evilValue
  const keys = Object.keys(value)
  if (keys.length === 0) return evilValue
  return fc.oneof(
    { weight: 1, arbitrary: evilValue },
    {
      weight: 6,
      arbitrary: fc.constantFrom(...keys).chain((key) => {
        const inner = (value as Record<string, unknown>)[key]
        return fc
          .oneof(evilValue, typeof inner === 'object' && inner !== null ? broken(inner) : evilValue)
          .map((next) => (Array.isArray(value) ? value.with(Number(key), next) : { ...value, [key]: next }))
      }),
    },
  )
}

const rawBodies = fc.oneof(
  fc.constantFrom<string | Uint8Array>(
    '',
    '{',
    'null',
    '[',
    '"',
    '{"a":1,}',
    '['.repeat(5_000),
    '1e999',
    '﻿{}',
    new Uint8Array([0xff, 0xfe, 0x00]),
  ),
  fc.uint8Array({ maxLength: 60 }),
)

const contentTypes = [
  'application/json',
  'application/json',
  'application/json',
  'application/json; charset=utf-8',
  'text/plain',
  'multipart/form-data',
  'x',
  '',
]

/** Requests for every operation, as they should be and as they should not. `ids` are of things that exist. */
export function requests(document: Document, ids: Record<string, string>): fc.Arbitrary<Generated> {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  )
  return fc.constantFrom(...operations).chain(({ method, path, operation }) =>
    fc
      .record({
        path: pathOf(path, ids),
        query: queryOf(operation, document),
        body: bodyOf(operation, document),
        headers: headersOf(),
      })
      .map(({ path: filled, query, body, headers }) => ({
        operation: `${method} ${path}`,
        path: `${filled}${query}`,
        body: method === 'GET' ? undefined : body,
        headers,
      })),
  )
}

const encoded = (text: string) => encodeURIComponent(text.toWellFormed())

function pathOf(template: string, ids: Record<string, string>): fc.Arbitrary<string> {
  const parts = template.split('/').map((part) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1]
    if (!name) return fc.constant(part)
    return fc.oneof(
      fc.constant(ids[name] ?? 'none'),
      evilText.map(encoded),
      fc.constantFrom('%00', '%ff', '%E0%A4%A', '%2e%2e', 'a%2Fb'),
    )
  })
  return fc.tuple(...parts).map((segments) => segments.join('/'))
}

function queryOf(operation: Operation, document: Document): fc.Arbitrary<string> {
  const parameters = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query')
  if (parameters.length === 0) return fc.constantFrom('', '?limit=1', '?__proto__=1&%ff=%00')
  const one = fc
    .constantFrom(...parameters)
    .chain((parameter) =>
      fc
        .oneof(valid(parameter.schema, document), evilText)
        .map(
          (value) => `${parameter.name}=${encoded(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))}`,
        ),
    )
  return fc.array(one, { maxLength: 4 }).map((pairs) => (pairs.length > 0 ? `?${pairs.join('&')}` : ''))
}

function bodyOf(operation: Operation, document: Document): fc.Arbitrary<string | Uint8Array | undefined> {
  const schema = operation.requestBody?.content['application/json']?.schema
  if (!schema) return fc.option(rawBodies, { nil: undefined, freq: 2 })
  const right = valid(schema, document)
  const wrong = right.chain(broken)
  return fc.oneof(
    { weight: 4, arbitrary: right.map((value) => JSON.stringify(value)) },
    { weight: 5, arbitrary: wrong.map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: fc.option(rawBodies, { nil: undefined }) },
  )
}

const headersOf = () =>
  fc
    .record(
      {
        'content-type': fc.constantFrom(...contentTypes),
        'idempotency-key': fc.constantFrom('k', 'k'.repeat(200), 'k'.repeat(201), 'ключ'),
        'user-agent': fc.constantFrom('Mozilla/5.0', 'x'.repeat(3_000), '(;;'),
        'accept-language': fc.constantFrom('ar', '*', ';;;'),
        'if-none-match': fc.constant('*'),
        range: fc.constant('bytes=0-'),
        'cf-ipcountry': fc.constantFrom('DE', 'T1', 'zz', ''),
      },
      { requiredKeys: ['content-type'] },
    )
    .map((headers) =>
      Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== '' && /^[ -~]*$/.test(value))),
    )
