import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { allRoutes } from '../../worker/simulator/core/resources/index.ts'
import { problemsOf, type Schema } from '../support/json-schema.ts'
import { playAll } from '../support/simulator-scenario.ts'
import { createTestWorld, type Answer, type TestWorld } from '../worker/simulator/client.ts'

/** The provider's official OpenAPI document. It is not part of this repository. */
const DOCUMENT = join(import.meta.dirname, '..', '..', '..', 'shared', 'hetzner', 'cloud.spec.json')
const hasDocument = existsSync(DOCUMENT)
if (!hasDocument) {
  console.warn(
    '\n!!! NOT RUN: the simulator was not compared with the official document, because ../shared/hetzner/cloud.spec.json is missing.\n',
  )
}

interface Operation {
  requestBody?: { content?: { 'application/json'?: { schema: Schema } } }
  responses: Record<string, { content?: { 'application/json'?: { schema: Schema } } }>
}
interface OpenApi {
  paths: Record<string, Record<string, Operation>>
}

/** What newer editions changed: the difference in the answer, and which edition it came with. */
const DELTAS: [edition: string, problem: RegExp][] = [
  ['2026-08-01 a free primary IP is assigned to "unassigned"', /\.assignee_type is none of \["server"\]$/],
  ['2026-08-17 health that failed has a detail', /\.health_status\[\d+\]\.detail is not in the document$/],
  ['2026-09 images have a deprecation', /\.(?:image|images\[\d+\])\.deprecation is not in the document$/],
]

/** Removed by newer editions: answered with 410 on purpose (FACTS §0). */
const REMOVED = ['GET /datacenters', 'GET /datacenters/{id}']

/** Added by newer editions than the document. */
const ADDED = ['GET /networks/{id}/members']

let document: OpenApi
const answered = new Map<string, Answer>()
const removed = new Map<string, Answer>()
const problems: string[] = []
const found = new Set<(typeof DELTAS)[number]>()

/** Says what a test world says, and holds every answer against the document. */
function watched(world: TestWorld): TestWorld['send'] {
  const paths = Object.keys(document.paths)
    .map((path) => ({ path, pattern: new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`) }))
    .toSorted((a, b) => a.path.split('{').length - b.path.split('{').length)
  return (method, address, body) => {
    const answer = world.send(method, address, body)
    const bare = address.split('?')[0] ?? ''
    const path = paths.find(({ pattern }) => pattern.test(bare))?.path
    if (path === undefined) throw new Error(`${method} ${address} is not in the document`)
    compare(method, path, answer)
    if (answer.status < 300) compareRequest(method, path, body)
    return answer
  }
}

function compare(method: string, path: string, answer: Answer): void {
  const operation = document.paths[path]?.[method.toLowerCase()]
  if (!operation) throw new Error(`${method} ${path} is not in the document`)
  const isRefusal = answer.status >= 400
  const documented = isRefusal ? `${String(answer.status)[0]}xx` : String(answer.status)
  const response = operation.responses[documented]
  const name = `${method} ${path} ${answer.status}`
  if (!isRefusal) answered.set(`${method} ${path}`, answer)
  if (answer.status === 410) removed.set(`${method} ${path}`, answer)
  if (!response) {
    problems.push(`${name}: this status is not in the document`)
    return
  }
  const schema = response.content?.['application/json']?.schema
  if (!schema) {
    if (answer.text !== '') problems.push(`${name}: a body that is not in the document`)
    return
  }
  for (const problem of problemsOf(schema, answer.body, { document, closed: !isRefusal })) {
    const delta = DELTAS.find(([, known]) => known.test(problem))
    if (delta) found.add(delta)
    else problems.push(`${name}: ${problem}`)
  }
}

/** What was accepted has to be what the document asks for: an operation is not covered by a request of our own make. */
function compareRequest(method: string, path: string, body: unknown): void {
  const schema = document.paths[path]?.[method.toLowerCase()]?.requestBody?.content?.['application/json']?.schema
  if (!schema || body === undefined) return
  for (const problem of problemsOf(schema, body, { document })) problems.push(`${method} ${path} was sent: ${problem}`)
}

function standingOf(operation: string): 'served' | 'removed' | 'missing' {
  if (answered.has(operation)) return 'served'
  return removed.has(operation) ? 'removed' : 'missing'
}

test('an object of several schemas has the fields of all of them, and what is wrong names the nearest form', () => {
  const part = (properties: Record<string, Schema>): Schema => ({ type: 'object', properties })
  const base = part({ type: { enum: ['a', 'b'] } })
  const form = (type: string, more: Schema): Schema => ({ allOf: [base, part({ type: { enum: [type] } }), more] })
  const schema = {
    oneOf: [
      form('a', part({ size: { type: 'integer' } })),
      form('b', part({ inner: part({ ip: { type: 'string' } }) })),
    ],
  }
  const check = (value: unknown): string[] => problemsOf(schema, value, { document: {}, closed: true })
  expect(check({ type: 'a', size: 1 })).toEqual([])
  expect(check({ type: 'a', size: 1, extra: 1 })).toEqual(['$.extra is not in the document'])
  expect(check({ type: 'b', inner: { ip: 'x', extra: 1 } })).toEqual(['$.inner.extra is not in the document'])
  expect(check({ type: 'a', size: 'big' })).toEqual(['$.size is string, not integer'])
  expect(problemsOf(schema, { type: 'a', extra: 1 }, { document: {} })).toEqual([])
})

describe.skipIf(!hasDocument)('the simulator and the official document', () => {
  beforeAll(() => {
    document = JSON.parse(readFileSync(DOCUMENT, 'utf8')) as OpenApi
    const world = createTestWorld({ wallClock: () => Date.UTC(2026, 10, 21) })
    playAll(world, watched(world))
  })

  test('every answer has the documented status and shape, and nothing besides', () => {
    expect([...new Set(problems)]).toEqual([])
  })

  test('every known difference of a newer edition is there', () => {
    expect(DELTAS.filter((delta) => !found.has(delta))).toEqual([])
  })

  test('every documented operation is served, or refused with 410 on purpose; none is missing', () => {
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const standing = Map.groupBy(operations, standingOf)
    expect(operations).toHaveLength(189)
    expect(standing.get('missing') ?? []).toEqual([])
    expect(standing.get('removed')).toEqual(REMOVED)
    for (const operation of REMOVED) {
      expect(removed.get(operation)?.body.error).toMatchObject({
        code: 'deprecated_api_endpoint',
        details: { announcement: expect.stringMatching(/^https:/) },
      })
    }
  })

  test('the simulator serves nothing that is in no document', () => {
    const served = allRoutes().map(({ method, path }) => `${method} ${path}`)
    const unknown = served.filter((operation) => standingOf(operation) === 'missing')
    expect(unknown).toEqual(ADDED)
  })

  test('the comparison finds what is wrong', () => {
    const schema =
      document.paths['/servers/{id}']?.['get']?.responses['200']?.content?.['application/json']?.schema ?? {}
    const { body } = answered.get('GET /servers/{id}') as Answer
    const server = { ...body.server, id: '42', status: 'asleep', extra: 1, created: 'today', image: null }
    delete server.location
    expect(problemsOf(schema, { server }, { document, closed: true })).toEqual([
      '$.server.id is string, not integer',
      expect.stringContaining('$.server.status is none of'),
      '$.server.created is no date-time',
      '$.server.extra is not in the document',
      '$.server.location is missing',
    ])
  })
})
