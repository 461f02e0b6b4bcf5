import type { ApiDocument, Schema } from './document.ts'

const nameOf = (ref: string) => ref.slice(ref.lastIndexOf('/') + 1)

/** The schema a reference stands for; itself where it is none. */
export function resolve(document: ApiDocument, schema: Schema): Schema {
  return schema.$ref ? (document.components?.schemas?.[nameOf(schema.$ref)] ?? {}) : schema
}

const isNull = (schema: Schema) => schema.type === 'null'
const alternatives = (schema: Schema) => schema.anyOf ?? schema.oneOf ?? []
const brackets = (label: string) => (label.includes(' ') ? `(${label})[]` : `${label}[]`)

/** A type as programmers write it: `string`, `Server[]`, `OperationBrief | null`, `Record<string, string>`. */
export function typeLabel(schema: Schema): string {
  if (schema.$ref) return nameOf(schema.$ref)
  if (alternatives(schema).length > 0) return [...new Set(alternatives(schema).map(typeLabel))].join(' | ')
  if (Array.isArray(schema.type)) {
    return schema.type.map((type) => typeLabel({ ...schema, type })).join(' | ')
  }
  if (schema.type === 'array') return brackets(typeLabel(schema.items ?? {}))
  if (schema.type === 'object' && !schema.properties && typeof schema.additionalProperties === 'object') {
    const value = typeLabel(schema.additionalProperties)
    return `Record<string, ${value}>`
  }
  if (schema.type === 'string' && schema.format === 'date-time') return 'date-time'
  return schema.type ?? 'any'
}

export interface SchemaField {
  name: string
  schema: Schema
  required: boolean
}

/** The object inside a schema, through references, lists, maps and "or null"; null where there is none to unfold. */
export function innerObject(document: ApiDocument, schema: Schema): Schema | null {
  const here = resolve(document, schema)
  if (here.properties) return here
  const choice = alternatives(here).filter((one) => !isNull(one))
  if (choice.length === 1 && choice[0]) return innerObject(document, choice[0])
  if (here.items) return innerObject(document, here.items)
  if (typeof here.additionalProperties === 'object') return innerObject(document, here.additionalProperties)
  return null
}

export function fieldsOf(object: Schema): SchemaField[] {
  const required = new Set(object.required)
  return Object.entries(object.properties ?? {}).map(([name, schema]) => ({
    name,
    schema,
    required: required.has(name),
  }))
}

/** The values allowed, also where they stand inside a list or beside null. */
export function allowedValues(document: ApiDocument, schema: Schema): string[] {
  const here = resolve(document, schema)
  const source = here.enum ?? (here.items ? resolve(document, here.items).enum : undefined)
  return (source ?? []).filter((value) => value !== null).map(String)
}

/** Limits in short, as one writes them: `1…200`, `≤ 60 characters` without the word. */
export function limitsOf(schema: Schema): string[] {
  const range = (min: number | undefined, max: number | undefined, name: string) => {
    if (min === undefined && max === undefined) return []
    if (min === undefined) return [`${name} ≤ ${max}`]
    return max === undefined || max >= Number.MAX_SAFE_INTEGER ? [`${name} ≥ ${min}`] : [`${name} ${min}–${max}`]
  }
  return [
    ...range(schema.minLength, schema.maxLength, 'length'),
    ...range(schema.minItems, schema.maxItems, 'items'),
    ...range(lowest(schema.minimum), schema.maximum, 'value'),
    ...(schema.pattern ? [schema.pattern] : []),
    ...(schema.format && schema.format !== 'date-time' ? [schema.format] : []),
    ...(schema.default === undefined ? [] : [`default ${JSON.stringify(schema.default)}`]),
  ]
}

/** What every integer is anyway says nothing. */
const lowest = (minimum: number | undefined) =>
  minimum !== undefined && minimum <= Number.MIN_SAFE_INTEGER ? undefined : minimum
