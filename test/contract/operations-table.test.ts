import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { looksLikeReference } from '../../worker/provider/hetzner/operations/filter-resource.ts'
import { operations, type Operation } from '../../worker/provider/hetzner/operations/index.ts'
import { recordTypes } from '../../worker/provider/hetzner/operations/match.ts'
import { looksSecret } from '../../worker/provider/hetzner/operations/redact.ts'
import { shapes, type Shape } from '../../worker/provider/hetzner/operations/shapes.ts'

/** The provider's official OpenAPI document. It is not part of this repository. */
const DOCUMENT = join(import.meta.dirname, '..', '..', '..', 'shared', 'hetzner', 'cloud.spec.json')
const hasDocument = existsSync(DOCUMENT)
if (!hasDocument) {
  console.warn(
    '\n!!! NOT RUN: the operations table was not compared with the official document, because ../shared/hetzner/cloud.spec.json is missing.\n',
  )
}

interface Schema {
  $ref?: string
  oneOf?: Schema[]
  anyOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  items?: Schema
  type?: string | string[]
}
interface Media {
  content?: { 'application/json'?: { schema: Schema } }
}
interface Documented {
  deprecated?: boolean
  parameters?: { name: string; in: string; schema: { enum?: string[] } }[]
  requestBody?: Media
  responses: Record<string, Media>
}

let document: { paths: Record<string, Record<string, Documented>> }
const documented = new Map<string, Documented>()

const resolve = (schema: Schema): Schema =>
  schema.$ref
    ? resolve(
        schema.$ref
          .split('/')
          .slice(1)
          .reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], document) as Schema,
      )
    : schema

/** Every place in a schema: `a`, `a.b`, `a.c[]`, `a.c[].d`; leaves are those nothing stands below. */
function places(schema: Schema, at = ''): string[] {
  const { oneOf = [], anyOf = [], allOf = [], properties = {}, items } = resolve(schema)
  const below = [...oneOf, ...anyOf, ...allOf].flatMap((one) => places(one, at))
  for (const [name, field] of Object.entries(properties)) {
    const place = at ? `${at}.${name}` : name
    below.push(place, ...places(field, place))
  }
  if (items) below.push(`${at}[]`, ...places(items, `${at}[]`))
  return [...new Set(below)]
}

const isBelow = (place: string, above: string) => place.startsWith(`${above}.`) || place.startsWith(`${above}[]`)
const nameOf = (place: string) => place.replaceAll('[]', '').split('.').at(-1) ?? ''

const bodyOf = (operation: Documented | undefined): string[] => {
  const schema = operation?.requestBody?.content?.['application/json']?.schema
  return schema ? places(schema) : []
}
const answerOf = (operation: Operation): Schema | undefined =>
  documented.get(operation.key)?.responses[String(operation.status)]?.content?.['application/json']?.schema
const parametersIn = (operation: Documented | undefined, where: string): string[] =>
  (operation?.parameters ?? []).filter((one) => one.in === where).map(({ name }) => name)

const ours = operations.filter(({ edition }) => edition === undefined)

/** Fields of requests that look like a reference and were found not to be one. */
const NOT_A_REFERENCE: Record<string, string> = {
  network_zone: 'a region of the provider',
  'subnets[].network_zone': 'the same, when the network is created',
  'server.ip': 'an address of the server named beside it',
  'targets[].server.ip': 'the same, when the load balancer is created',
  certificate: 'the text of a certificate that is uploaded',
  'targets[].type': 'which of the fields beside it names the target',
  'targets[].use_private_ip': 'how the target named beside it is reached',
}

describe.skipIf(!hasDocument)('the operations table and the official document', () => {
  beforeAll(() => {
    document = JSON.parse(readFileSync(DOCUMENT, 'utf8')) as typeof document
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(methods))
        documented.set(`${method.toUpperCase()} ${path}`, operation)
    }
  })

  test('every operation of the document stands in the table once, and no other but those of newer editions', () => {
    expect(ours.map(({ key }) => key).toSorted()).toEqual([...documented.keys()].toSorted())
    expect(ours).toHaveLength(189)
    for (const { key, edition } of operations)
      if (edition) expect(documented.has(key), `${key} needs no edition`).toBe(false)
  })

  test('parameters of paths and queries are the same', () => {
    for (const operation of ours) {
      const its = documented.get(operation.key)
      expect(
        operation.parameters.map(({ name }) => name),
        operation.key,
      ).toEqual(parametersIn(its, 'path'))
      expect(Object.keys(operation.query ?? {}).toSorted(), operation.key).toEqual(
        parametersIn(its, 'query').toSorted(),
      )
    }
  })

  test('every parameter of a query that looks like a reference is declared as one', () => {
    for (const { key, query = {} } of ours) {
      for (const [name, field] of Object.entries(query)) {
        expect(field.is === 'reference', `${key} ?${name}`).toBe(looksLikeReference(name))
      }
    }
  })

  test('every field of a request is declared, and no other', () => {
    for (const { key, body = {} } of ours) {
      const all = bodyOf(documented.get(key))
      const leaves = all.filter((place) => !all.some((other) => isBelow(other, place)))
      const declared = Object.keys(body)
      const unknown = leaves.filter((leaf) => !declared.some((place) => place === leaf || isBelow(leaf, place)))
      expect(unknown, `${key} leaves fields out`).toEqual([])
      expect(
        declared.filter((place) => !all.includes(place)),
        `${key} invents fields`,
      ).toEqual([])
    }
  })

  test('every field of a request that looks like a reference is one, or was reviewed', () => {
    const reviewed = new Set<string>()
    const open: string[] = []
    for (const { key, body = {} } of ours) {
      const declared = Object.entries(body)
      for (const place of bodyOf(documented.get(key))) {
        const isReference = declared.some(([at, { is }]) => is === 'reference' && (at === place || isBelow(at, place)))
        if (isReference) continue
        const suspicious = place.split('.').some((name) => looksLikeReference(name.replaceAll('[]', '')))
        if (!suspicious) continue
        if (NOT_A_REFERENCE[place]) reviewed.add(place)
        else open.push(`${key} ${place}`)
      }
    }
    expect(open).toEqual([])
    expect([...reviewed].toSorted()).toEqual(Object.keys(NOT_A_REFERENCE).toSorted())
  })

  test('every secret of a request is declared', () => {
    for (const { key, body = {} } of ours) {
      for (const place of bodyOf(documented.get(key)).filter(
        (place) => looksSecret(nameOf(place)) || nameOf(place) === 'user_data',
      )) {
        expect(body[place]?.is, `${key} ${place}`).toBe('secret')
      }
    }
  })

  test('the status and the fields at the top of every answer are the same', () => {
    for (const operation of ours) {
      const its = documented.get(operation.key)
      const success = Object.keys(its?.responses ?? {}).filter((status) => status.startsWith('2'))
      expect(success, operation.key).toEqual([String(operation.status)])
      const top = Object.keys(resolve(answerOf(operation) ?? {}).properties ?? {})
      expect(Object.keys(operation.answer).toSorted(), operation.key).toEqual(top.toSorted())
    }
  })

  test('every reference inside an answer is declared, and every declared one is there', () => {
    const open = new Set<string>()
    const found = new Map<string, Set<string>>()
    for (const operation of ours) {
      const top = resolve(answerOf(operation) ?? {}).properties ?? {}
      for (const [name, field] of Object.entries(operation.answer)) {
        if (field.is !== 'one' && field.is !== 'many') continue
        const schema = resolve(top[name] ?? {})
        const inside = places(field.is === 'many' ? (schema.items ?? {}) : schema)
        const seen = found.get(field.shape) ?? new Set()
        found.set(field.shape, seen)
        for (const place of inside) {
          seen.add(place)
          const { rules }: Shape = shapes[field.shape]
          if (place === 'id' || /(?:^|\.)labels(?:\.|$)/.test(place)) continue
          const isDeclared = Object.keys(rules).some((at) => at === place || isBelow(place, at) || isBelow(at, place))
          if (looksLikeReference(nameOf(place)) && !isDeclared) open.add(`${field.shape}: ${place}`)
        }
      }
    }
    expect([...open]).toEqual([])
    const invented = Object.entries(shapes).flatMap(([name, { rules }]) =>
      name === 'member'
        ? []
        : Object.keys(rules)
            .filter((place) => !found.get(name)?.has(place))
            .map((place) => `${name}: ${place}`),
    )
    expect(invented).toEqual([])
  })

  test('every secret of an answer is declared', () => {
    const open: string[] = []
    for (const operation of ours) {
      for (const place of places(answerOf(operation) ?? {}).filter((place) => looksSecret(nameOf(place)))) {
        const [top = '', ...rest] = place.split('.').map((part, index) => (index === 0 ? part.replace('[]', '') : part))
        const field = operation.answer[top]
        const secrets = field && 'shape' in field ? (shapes[field.shape] as Shape).secrets : undefined
        if (field?.is !== 'secret' && !secrets?.[rest.join('.')]) open.push(`${operation.key} ${place}`)
      }
    }
    expect(open).toEqual([])
  })

  test('what the document calls deprecated is, and what a newer edition removed is refused', () => {
    for (const { key, deprecated, removed } of ours) {
      expect(deprecated ?? false, key).toBe(documented.get(key)?.deprecated ?? false)
      expect(removed !== undefined, key).toBe(key.startsWith('GET /datacenters'))
    }
  })

  test('record types are the same', () => {
    const its = documented.get('GET /zones/{id_or_name}/rrsets/{rr_name}/{rr_type}')
    expect(its?.parameters?.find(({ name }) => name === 'rr_type')?.schema.enum).toEqual([...recordTypes])
  })
})

describe('the operations table', () => {
  test('everything that deletes says so', () => {
    for (const { key, method, isDestructive } of operations)
      if (method === 'DELETE') expect(isDestructive, key).toBe(true)
  })

  test('owner locks stand on deletion, rebuild and resize of servers, with the server locked meanwhile', () => {
    const locked = operations.filter(({ ownerLock }) => ownerLock)
    expect(Object.fromEntries(locked.map(({ key, ownerLock, lock }) => [key, [ownerLock, lock]]))).toEqual({
      'DELETE /servers/{id}': ['delete', 'path.id'],
      'POST /servers/{id}/actions/rebuild': ['rebuild', 'path.id'],
      'POST /servers/{id}/actions/change_type': ['resize', 'path.id'],
    })
  })

  test('every act on a server locks it, but for opening its console', () => {
    const free = operations.filter(
      ({ key, lock }) => key.startsWith('POST /servers/{id}/actions/') && lock !== 'path.id',
    )
    expect(free.map(({ key }) => key)).toEqual(['POST /servers/{id}/actions/request_console'])
  })

  test('a lock on a field of the body names a reference to a server', () => {
    for (const { key, lock, body } of operations) {
      if (!lock?.startsWith('body.')) continue
      expect(body?.[lock.slice('body.'.length)], key).toMatchObject({ is: 'reference', kind: 'server', by: 'id' })
    }
  })

  test('only reads are read with permissions to read, and no change is', () => {
    for (const { key, access, permission } of operations) {
      expect(permission.endsWith(':read'), key).toBe(access === 'read')
    }
  })
})
