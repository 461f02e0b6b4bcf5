import * as fc from 'fast-check'
import type { Operation } from '../../../worker/provider/hetzner/operations/index.ts'
import type { Field, QueryField } from '../../../worker/provider/hetzner/operations/fields.ts'
import { catalogueNames, plainValues } from './plain-values.ts'

/**
 * A request before anything is filled in. `{{volume.out.0.id}}` stands for a resource: of which kind, inside the key's
 * scope (`in`), outside (`out`) or nowhere at all (`none`), which one, and how it is written.
 */
export interface Attempt {
  key: string
  base: string
  operation: string
  method: string
  path: string
  headers: Record<string, string>
  body: string | undefined
}

type Text = fc.Arbitrary<string>
const pick = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values)
const often = <T>(usual: fc.Arbitrary<T>, rare: fc.Arbitrary<T>, of = 6): fc.Arbitrary<T> =>
  fc.oneof({ weight: of, arbitrary: usual }, { weight: 1, arbitrary: rare })

/** What is out of the ordinary about a request. One thing at a time gets further than everything at once. */
const tricks = ['none', 'none', 'none', 'none', 'ids', 'path', 'query', 'body', 'header', 'method'] as const
type Trick = (typeof tricks)[number]

const whose = (inside: number): Text =>
  fc.oneof(
    { weight: inside, arbitrary: pick('in') },
    { weight: 10 - inside, arbitrary: pick('out') },
    { weight: 1, arbitrary: pick('none') },
  )
/** How an id can be written, in a path or in a body: `render` knows each. */
const forms = [
  'id',
  'float',
  'power',
  'zero',
  'minus',
  'plus',
  'hex',
  'percent',
  'wide',
  'arabic',
  'space',
  'nul',
  'text',
  'list',
  'object',
  'name',
  'upper',
  'huge',
  'dot',
  'slash',
  'semicolon',
] as const
const reference = (kind: string, form: Text = pick('id'), inside = 4): Text =>
  fc.tuple(whose(inside), fc.nat(3), form).map(([of, index, as]) => `{{${kind}.${of}.${index}.${as}}}`)
const oddly = (kind: string): Text => reference(kind, pick(...forms), 2)

/** Ways to write a path so that somebody reads it as another one. */
const pathTricks: ((path: string) => string)[] = [
  (path) => path.replace('/', '//'),
  (path) => `${path}/`,
  (path) => `/${path}`,
  (path) => path.replaceAll('/', '%2f'),
  (path) => path.replace(/\/(?=[^/]*$)/, '%2F'),
  (path) => `${path}%2f..`,
  (path) => `${path}/..`,
  (path) => `${path}/%2e%2e`,
  (path) => `${path}/.`,
  (path) => `${path}..;/`,
  (path) => path.toUpperCase(),
  (path) => path.replace(/^\/(\w)/, (_, letter: string) => `/${letter.toUpperCase()}`),
  (path) => path.replace('s', 'ѕ'),
  (path) => path.replace('s', '%73'),
  (path) => path.replace('/', '／'),
  (path) => path.replace('/', '\\'),
  (path) => `${path}%00`,
  (path) => `${path}\u0000.json`,
  (path) => `${path}.json`,
  (path) => `${path}%20`,
  (path) => `${path}%3f`,
  (path) => `${path}#`,
  (path) => `${path};jsessionid=1`,
  (path) => `/v1${path}`,
  (path) => `/../v1${path}`,
  (path) => `/./${path}`,
  (path) => `/servers/{{server.in.0.id}}/..${path.replace(/^\/servers/, '')}`,
  () => `/servers/{{server.in.0.id}}%2f..%2f{{server.out.0.id}}`,
  () => `/servers/{{server.in.0.id}}/../{{server.out.0.id}}`,
  () => `/servers/{{server.in.0.id}}/%2e%2e/{{server.out.0.id}}/actions/poweroff`,
  () => `/servers/{{server.in.0.id}},{{server.out.0.id}}`,
  (path) => path.replace(/\d+|\{\{.*?\}\}/, '$&,{{server.out.0.id}}'),
  (path) => path.replace(/\{\{.*?\}\}/, '$&/actions/{{server.out.0.id}}'),
  (path) => path.replace(/\{\{.*?\}\}/, '*'),
  (path) => path.replace(/\{\{.*?\}\}/, 'me'),
  (path) => path.replace(/\{\{.*?\}\}/, '9007199254740993'),
  (path) => path.replace(/\{\{.*?\}\}/, '1e8'),
  (path) => path.replace(/\{\{.*?\}\}/, '%ff'),
  (path) => `${path}?`,
  (path) => path.replace('/', '/\u202e'),
]

function pathOf({ path, parameters, body = {} }: Operation, trick: Trick): Text {
  const kinds = new Map(parameters.map(({ name, kind }) => [name, kind]))
  const namesMore = Object.values<Field>(body).some(({ is }) => is === 'reference')
  const inside = namesMore || trick === 'body' ? 9 : 5
  const parts = path.split('/').map((part): Text => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1]
    if (!name) return fc.constant(part)
    if (name === 'rr_name') return often(pick('www'), pick('@', '%40', '*', 'WWW', '..', 'www%2f..'))
    if (name === 'rr_type') return often(pick('A'), pick('a', 'AAAA', 'TXT', 'ANY'))
    const kind = kinds.get(name) ?? 'server'
    if (kind in catalogueNames) return pick('1', '114', '109', '0')
    if (trick === 'ids') return oddly(kind)
    return reference(kind, name === 'id_or_name' ? pick('id', 'name') : pick('id'), inside)
  })
  const plain = fc.tuple(...parts).map((segments) => segments.join('/'))
  return trick === 'path' ? fc.tuple(plain, pick(...pathTricks)).map(([text, change]) => change(text)) : plain
}

/** Selectors that ask for more than the key's label, in ways a filter might be talked into. */
const selectors = pick(
  '',
  'team',
  '!team',
  'team=web',
  'team=data',
  'team!=web',
  'team in (web,data)',
  'team notin (web)',
  'team==data',
  'own',
  'team=web,team=data',
  'team=web)or(team',
  'TEAM=data',
  'own={{server.out.0.name}}',
  '*',
  '%',
  'team=web%00',
)
const numbers = pick(
  '1',
  '2',
  '3',
  '50',
  '0',
  '-1',
  '51',
  '1000000',
  '9007199254740993',
  '1e1',
  '1.5',
  ' 1',
  '１',
  '٣',
  '',
  'NaN',
  '0x1',
  '1,2',
  '1%00',
  '99999999999999999999999',
)

/** Parameters that mean something somewhere, whether or not the document has them. */
const anyParameter: fc.Arbitrary<[string, string]> = fc.oneof(
  selectors.map((value): [string, string] => ['label_selector', value]),
  fc.tuple(pick('page', 'per_page', 'limit', 'offset', 'page[]', 'Page'), numbers),
  fc.tuple(
    pick('id', 'ids', 'id[]', 'server', 'bound_to', 'assignee_id', 'ID', 'resource_id'),
    fc.oneof(reference('server'), reference('action'), reference('volume')),
  ),
  fc.tuple(
    pick('name', 'ip', 'fingerprint', 'q', 'search'),
    fc.oneof(reference('server', pick('name')), reference('volume', pick('name')), pick('*', '%', 'cnry', '')),
  ),
  fc.tuple(
    pick('sort'),
    pick('id', 'id:desc', 'name:asc', 'created:desc', 'labels', 'name:asc,id', '__proto__', 'status'),
  ),
  fc.tuple(
    pick('status', 'type', 'mode', 'architecture', 'include_deprecated'),
    pick('running', 'success', 'snapshot', 'system', 'spread', 'uploaded', 'ipv4', 'true', 'x'),
  ),
  fc.tuple(pick('_method', 'method', 'X-HTTP-Method-Override'), pick('DELETE', 'PUT', 'GET')),
  fc.tuple(
    pick(
      'fields',
      'include',
      'expand',
      'embed',
      'token',
      'access_token',
      'project',
      'account_id',
      '__proto__',
      'constructor',
    ),
    pick('*', 'all', 'servers', '1', 'true'),
  ),
  fc.tuple(pick('start', 'end', 'step'), pick('2026-11-20T00:00:00Z', '2026-11-21T00:00:00Z', '60', 'x')),
)

function queryOf({ query = {} }: Operation, trick: Trick): Text {
  const own = Object.entries<QueryField>(query).map(([name, field]): fc.Arbitrary<[string, string]> => {
    if (field.is === 'reference') return (trick === 'ids' ? oddly : reference)(field.kind).map((value) => [name, value])
    if (field.is === 'paging') return numbers.map((value) => [name, value])
    if (name === 'label_selector') return selectors.map((value) => [name, value])
    if (name === 'name')
      return fc
        .oneof(reference('server', pick('name')), reference('volume', pick('name')))
        .map((value) => [name, value])
    return pick('id:desc', 'name', 'running', 'cpu', 'x').map((value) => [name, value])
  })
  const plain = own.length > 0 ? fc.oneof(...own) : anyParameter
  const pair = trick === 'query' ? fc.oneof(plain, anyParameter) : plain
  const mostly = own.length > 0 || trick === 'query' ? 3 : 0
  const pairsOf =
    trick === 'query'
      ? often(fc.array(pair, { minLength: 1, maxLength: 4 }), fc.array(pair, { minLength: 5, maxLength: 9 }))
      : fc.array(pair, { maxLength: mostly })
  return pairsOf.map((pairs) =>
    pairs.length === 0
      ? ''
      : `?${pairs.map(([name, value]) => `${name}=${value.includes('{{') ? value : encodeURIComponent(value.toWellFormed())}`).join('&')}`,
  )
}

type Json = unknown

function fieldOf(place: string, field: Field, key: string, trick: Trick): fc.Arbitrary<Json> {
  const odd = trick === 'ids'
  if (field.is === 'choice')
    return odd ? pick<Json>('x', null, [field.of[0]], 'SERVER', ...field.of) : pick<Json>(field.of[0], ...field.of)
  if (field.is === 'reference') {
    const { kind, by } = field
    const names = catalogueNames[kind]
    if (names) return odd ? pick<Json>('x', 0, -1, [names[0]], {}, ...names) : pick<Json>(...names)
    if (by === 'selector') return selectors
    if (by === 'ip') return pick('203.0.113.7', '10.0.1.2')
    if (odd) return oddly(kind)
    const own = reference(kind, by === 'id_or_name' ? pick('id', 'name') : pick('id'), 5)
    return kind === 'image' ? fc.oneof(pick<Json>('debian-12', 114690387), own) : own
  }
  return plainValues(place, key)
}

function setAt(target: Record<string, Json>, place: string, value: Json): void {
  const [head = '', ...rest] = place.split('.')
  const isList = head.endsWith('[]')
  const name = head.replace('[]', '')
  if (rest.length === 0) {
    target[name] = isList ? [value] : value
    return
  }
  const held = (isList ? (target[name] as Json[] | undefined)?.[0] : target[name]) ?? {}
  const inner = typeof held === 'object' && !Array.isArray(held) ? (held as Record<string, Json>) : {}
  setAt(inner, rest.join('.'), value)
  target[name] = isList ? [inner] : inner
}

/** What the text of a body can do to whoever reads it more leniently than we do. */
const bodyTricks: ((json: string) => string)[] = [
  (json) => `\uFEFF${json}`,
  (json) => `${json},`,
  (json) => `[${json}]`,
  (json) => `{"data":${json}}`,
  (json) => json.replace('{', '{"labels":{"team":"data"},'),
  (json) => json.replace(/\}$/, ',"labels":{"team":"data"}}').replace('{,', '{'),
  (json) => json.replace('{', '{"server":"{{server.out.0.id}}",'),
  (json) => json.replace(/\}$/, ',"server":"{{server.out.0.id}}"}').replace('{,', '{'),
  (json) => json.replace(/\}$/, ',"id":"{{server.out.0.id}}","server_id":"{{server.out.0.id}}"}').replace('{,', '{'),
  (json) => json.replace('{', '{"__proto__":{"labels":{"team":"data"},"server":"{{server.out.0.id}}"},'),
  (json) => json.replace('{', '{"constructor":{"prototype":{"server":"{{server.out.0.id}}"}},'),
  (json) =>
    json.replace(
      /"(\w)(\w*)":/,
      (_, first: string, rest: string) => `"\\u00${first.charCodeAt(0).toString(16)}${rest}":`,
    ),
  (json) => json.replace(/"(\w+)":/, (_, name: string) => `"${name.toUpperCase()}":`),
  (json) => json.replace(/"(\w+)":/, '"$1\\u0000":'),
  (json) => json.replace(/"(\w+)":([^,{}[\]]+)/, '"$1":$2,"$1":"{{server.out.0.id}}"'),
  (json) => json.replace(/"(\w+)":([^,{}[\]]+)/, '"$1":"{{server.out.0.id}}","$1":$2'),
  (json) =>
    `{"volumes":["{{volume.out.0.id}}"],"networks":["{{network.out.0.id}}"],${json.slice(1)}`.replace(',}', '}'),
  (json) => json.replaceAll(':', ' :\u00a0'),
  (json) => `/* */${json}`,
  (json) => json.replaceAll('"', "'"),
  () => 'server={{server.out.0.id}}&labels[team]=data',
  () => 'null',
  () => '"{{server.out.0.id}}"',
  () => '',
]

function bodyOf({ body = {}, method, key }: Operation, trick: Trick): fc.Arbitrary<string | undefined> {
  if (method === 'GET') return fc.constant(undefined)
  const fields = Object.entries<Field>(body).map(([place, field]) => {
    const usual = fieldOf(place, field, key, trick)
    const value = trick === 'body' ? often(usual, pick<Json>(null, [], {}, true, 0, '', 'x'), 9) : usual
    return fc.tuple(fc.constant(place), value, fc.nat(9))
  })
  const plain = fc.tuple(...fields).map((parts) => {
    const json: Record<string, Json> = {}
    for (const [place, value, chance] of parts) if (chance < chanceOf(place)) setAt(json, place, value)
    return JSON.stringify(json)
  })
  return trick === 'body' ? fc.tuple(plain, pick(...bodyTricks)).map(([json, change]) => change(json)) : plain
}

/** Of ten. What ties to something else is left out often, so that what remains is taken. */
const chanceOf = (place: string): number =>
  /(^|\.)(name|size|type|server_type|image|location|labels|id|selector|firewall|assignee_(id|type))$/.test(place) ||
  (place.split('.').length === 1 && !place.endsWith('[]'))
    ? 9
    : 4

const oddHeaders: fc.Arbitrary<Record<string, string>> = fc.oneof(
  fc
    .tuple(pick('x-http-method-override', 'x-http-method', 'x-method-override'), pick('DELETE', 'PUT', 'GET', 'POST'))
    .map(([name, value]) => ({ [name]: value })),
  fc
    .tuple(
      pick('x-original-url', 'x-rewrite-url', 'x-forwarded-prefix', 'x-forwarded-path'),
      pick('/hetzner/v1/servers', '/simulator/control/tokens', '/servers/{{server.out.0.id}}'),
    )
    .map(([name, value]) => ({ [name]: value })),
  pick<Record<string, string>>(
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-type': 'multipart/form-data; boundary=x' },
    { 'content-type': 'application/json; charset=utf-16' },
    { 'content-type': 'application/json;charset=utf-7' },
    { 'content-type': 'application/merge-patch+json' },
    { 'content-encoding': 'gzip' },
    { 'content-encoding': 'identity' },
    { 'transfer-encoding': 'chunked' },
    { 'cache-control': 'no-cache' },
    { 'cache-control': 'only-if-cached' },
    { accept: 'text/html' },
    { range: 'bytes=0-10' },
    { 'if-none-match': '*' },
    { 'x-forwarded-host': 'api.hetzner.cloud' },
    { 'x-user-id': 'usr_1', 'x-account-id': '1', 'x-project': 'other' },
    { 'x-api-key': 'x', 'x-auth-token': 'x' },
    { cookie: 'wn_access={{owner}}' },
    { origin: 'http://localhost:8787' },
  ),
)

const methods = pick(
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'PATCH',
  'OPTIONS',
  'get',
  'put',
  'PROPFIND',
  'MOVE',
  'PURGE',
)

/** Requests that try to see or change what a key may not. `bases` are the ways to address the gateway. */
export function attempts(
  operations: readonly Operation[],
  keys: readonly string[],
  bases: readonly string[],
): fc.Arbitrary<Attempt> {
  const [usual = '', ...others] = bases
  const writes = operations.filter(({ access }) => access === 'write')
  const made = new Map<string, fc.Arbitrary<Omit<Attempt, 'key' | 'base' | 'operation'>>>()
  const requestOf = (operation: Operation, trick: Trick) => {
    const known = made.get(`${trick} ${operation.key}`)
    if (known) return known
    const request = fc.record({
      method: trick === 'method' ? methods : fc.constant<string>(operation.method),
      path: fc.tuple(pathOf(operation, trick), queryOf(operation, trick)).map((parts) => parts.join('')),
      headers: trick === 'header' ? oddHeaders : fc.constant({}),
      body: bodyOf(operation, trick),
    })
    made.set(`${trick} ${operation.key}`, request)
    return request
  }
  return fc
    .tuple(
      pick(...keys),
      often(fc.constant(usual), pick(...others), 14),
      fc.oneof({ weight: 2, arbitrary: pick(...operations) }, { weight: 3, arbitrary: pick(...writes) }),
      pick(...tricks),
    )
    .chain(([key, base, operation, trick]) =>
      requestOf(operation, trick).map((request) => ({ key, base, operation: operation.key, ...request })),
    )
}
