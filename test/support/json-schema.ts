/** The part of JSON Schema that OpenAPI documents use. An assertion it does not know throws, so nothing passes unseen. */
export interface Schema {
  [keyword: string]: unknown
  type?: string | string[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  prefixItems?: Schema[]
  additionalProperties?: boolean | Schema
  oneOf?: Schema[]
  anyOf?: Schema[]
  allOf?: Schema[]
}

type Check = (schema: Schema, value: unknown, path: string, context: Context) => string[]

interface Context {
  /** Resolves `$ref`. */
  resolve: (reference: string) => Schema
  /** True where an object may not have fields that its schema does not name. */
  closed: boolean
  /** True while one of several schemas of the same object is looked at: the others may name its fields. */
  inPart?: boolean
}

const ANNOTATIONS = new Set([
  'title',
  'description',
  'example',
  'examples',
  'default',
  'deprecated',
  'discriminator',
  'summary',
  'readOnly',
  'nullable',
])

const CHECKS: Record<string, Check> = {
  type: checkType,
  enum: ({ enum: allowed }, value, path) =>
    one((allowed as unknown[]).includes(value), path, `is none of ${JSON.stringify(allowed)}`),
  const: ({ const: expected }, value, path) => one(value === expected, path, `is not ${JSON.stringify(expected)}`),
  pattern: ({ pattern }, value, path) =>
    one(
      typeof value !== 'string' || new RegExp(pattern as string).test(value),
      path,
      `does not match ${String(pattern)}`,
    ),
  minimum: ({ minimum }, value, path) =>
    one(typeof value !== 'number' || value >= (minimum as number), path, 'is too small'),
  maximum: ({ maximum }, value, path) =>
    one(typeof value !== 'number' || value <= (maximum as number), path, 'is too big'),
  minLength: ({ minLength }, value, path) =>
    one(typeof value !== 'string' || value.length >= (minLength as number), path, 'is too short'),
  maxLength: ({ maxLength }, value, path) =>
    one(typeof value !== 'string' || value.length <= (maxLength as number), path, 'is too long'),
  minItems: ({ minItems }, value, path) =>
    one(!Array.isArray(value) || value.length >= (minItems as number), path, 'has too few items'),
  maxItems: ({ maxItems }, value, path) =>
    one(!Array.isArray(value) || value.length <= (maxItems as number), path, 'has too many items'),
  format: checkFormat,
  required: ({ required = [] }, value, path) =>
    isObject(value)
      ? required.filter((name) => !Object.hasOwn(value, name)).map((name) => `${path}.${name} is missing`)
      : [],
  properties: checkProperties,
  additionalProperties: () => [],
  prefixItems: ({ prefixItems = [] }, value, path, context) =>
    Array.isArray(value)
      ? prefixItems.flatMap((schema, index) => check(schema, value[index], `${path}[${index}]`, context))
      : [],
  items: ({ items, prefixItems = [] }, value, path, context) =>
    Array.isArray(value) && isObject(items)
      ? value.slice(prefixItems.length).flatMap((item, index) => check(items, item, `${path}[${index}]`, context))
      : [],
  allOf: checkAllOf,
  anyOf: ({ anyOf = [] }, value, path, context) =>
    one(
      anyOf.some((schema) => check(schema, value, path, context).length === 0),
      path,
      'fits none of its forms',
    ),
  oneOf: checkOneOf,
  $ref: ({ $ref }, value, path, context) => check(context.resolve($ref as string), value, path, context),
}

/** What is wrong with a value; empty = it fits. With `closed`, fields that no schema names are wrong too. */
export function problemsOf(schema: Schema, value: unknown, options: { document: unknown; closed?: boolean }): string[] {
  const resolve = (reference: string): Schema =>
    reference
      .split('/')
      .slice(1)
      .reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], options.document) as Schema
  return check(schema, value, '$', { resolve, closed: options.closed ?? false })
}

function check(schema: Schema, value: unknown, path: string, context: Context): string[] {
  return Object.keys(schema).flatMap((keyword) => {
    if (ANNOTATIONS.has(keyword) || keyword.startsWith('x-')) return []
    const assertion = CHECKS[keyword]
    if (!assertion) throw new Error(`${path}: the keyword ${keyword} is not supported`)
    return assertion(schema, value, path, context)
  })
}

function checkType({ type }: Schema, value: unknown, path: string): string[] {
  const types = Array.isArray(type) ? type : [type]
  const fits = types.some((name) => {
    if (name === 'null') return value === null
    if (name === 'array') return Array.isArray(value)
    if (name === 'object') return isObject(value)
    if (name === 'integer') return Number.isSafeInteger(value)
    return typeof value === name
  })
  return one(fits, path, `is ${value === null ? 'null' : typeof value}, not ${types.join(' or ')}`)
}

function checkProperties(schema: Schema, value: unknown, path: string, context: Context): string[] {
  if (!isObject(value)) return []
  const { properties = {}, additionalProperties } = schema
  const whole = { ...context, inPart: false }
  return Object.entries(value).flatMap(([name, field]) => {
    const known = properties[name]
    if (known) return check(known, field, `${path}.${name}`, whole)
    if (isObject(additionalProperties)) return check(additionalProperties, field, `${path}.${name}`, whole)
    const isClosed = context.closed && !context.inPart
    const open = additionalProperties === true || (additionalProperties === undefined && !isClosed)
    return one(open, `${path}.${name}`, 'is not in the document')
  })
}

/** Fields may be named by any of the parts. */
function checkAllOf({ allOf = [] }: Schema, value: unknown, path: string, context: Context): string[] {
  const problems = allOf.flatMap((schema) => check(schema, value, path, { ...context, inPart: true }))
  if (!context.closed || context.inPart || !isObject(value)) return [...new Set(problems)]
  const named = namesIn(allOf)
  const unknown = Object.keys(value).filter((name) => !named.has(name))
  return [...new Set(problems), ...unknown.map((name) => `${path}.${name} is not in the document`)]
}

function namesIn(schemas: Schema[]): Set<string> {
  return new Set(schemas.flatMap(({ properties = {}, allOf = [] }) => [...Object.keys(properties), ...namesIn(allOf)]))
}

/** Where none fits, what is wrong with the form that comes nearest. */
function checkOneOf({ oneOf = [] }: Schema, value: unknown, path: string, context: Context): string[] {
  const tries = oneOf.map((schema) => check(schema, value, path, context)).toSorted((a, b) => a.length - b.length)
  const fitting = tries.filter((problems) => problems.length === 0).length
  return fitting === 0 ? (tries[0] ?? []) : one(fitting === 1, path, 'fits not exactly one of its forms')
}

const FORMATS: Record<string, RegExp> = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/,
  decimal: /^-?\d+(?:\.\d+)?$/,
}

function checkFormat({ format }: Schema, value: unknown, path: string): string[] {
  const pattern = FORMATS[format as string]
  return one(!pattern || typeof value !== 'string' || pattern.test(value), path, `is no ${String(format)}`)
}

function one(fits: boolean, path: string, problem: string): string[] {
  return fits ? [] : [`${path} ${problem}`]
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
