import * as fc from 'fast-check'

const pick = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values)

/** Ways to write a path so that somebody reads it as another one. */
export const pathTricks: ((path: string) => string)[] = [
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

/** What the text of a body can do to whoever reads it more leniently than we do. */
export const bodyTricks: ((json: string) => string)[] = [
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

/** What some servers obey beside the request itself. */
export const oddHeaders: fc.Arbitrary<Record<string, string>> = fc.oneof(
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

export const methods = pick(
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
