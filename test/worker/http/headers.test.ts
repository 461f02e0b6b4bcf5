import { exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { origin, randomIp, signInAs } from '../../support/session.ts'
import { fetchWith } from '../../support/worker.ts'
import { operations } from './permissions.ts'

const always: Record<string, string | RegExp> = {
  'content-security-policy': /^default-src 'none';.*frame-ancestors 'none'/,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'permissions-policy': /camera=\(\).*publickey-credentials-get=\(self\)/,
  'cache-control': 'no-store',
  'x-request-id': /^req_/,
}

/** What is not as it should be. */
function wrong(response: Response): string[] {
  return Object.entries(always).flatMap(([name, expected]) => {
    const value = response.headers.get(name) ?? ''
    const holds = typeof expected === 'string' ? value === expected : expected.test(value)
    return holds ? [] : [`${name}: ${value}`]
  })
}

const call = (method: string, path: string, headers: Record<string, string> = {}) =>
  exports.default.fetch(
    new Request(`${origin}${path}`, { method, headers: { 'cf-connecting-ip': randomIp(), ...headers } }),
  )

describe('every answer of the Worker', () => {
  const addresses = Object.keys(operations).map((operation) => {
    const [method = '', path = ''] = operation.split(' ')
    const at = path.startsWith('/api/') ? path : `/api/v1${path}`
    return [method, at.replaceAll(/\{\w+\}/g, 'none')] as const
  })
  const others = [
    ['GET', '/healthz'],
    ['GET', '/readyz'],
    ['GET', '/api/openapi.json'],
    ['GET', '/api/nowhere'],
    ['PATCH', '/api/v1/servers'],
    ['OPTIONS', '/api/v1/me'],
  ] as const

  it.each([...addresses, ...others])(
    '%s %s carries the strict headers, refused and signed in',
    async (method, path) => {
      const session = await signInAs('OWNER')
      const stranger = await call(method, path)
      expect([stranger.status, wrong(stranger)]).toEqual([stranger.status, []])
      const person = await call(method, path, session.headers)
      // A conditional answer may be kept by the browser that asked for it.
      expect(wrong(person).filter((line) => !line.startsWith('cache-control: private'))).toEqual([])
    },
  )

  const unsafe = addresses.filter(([method]) => method !== 'GET')
  it.each(unsafe)('%s %s with a cookie from another site is refused before anything else', async (method, path) => {
    const { headers } = await signInAs('OWNER')
    const sources: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ]
    for (const from of sources) {
      const { origin: _, ...rest } = headers
      const refused = await call(method, path, { ...rest, ...from })
      expect(refused.status).toBe(403)
      expect(await refused.json()).toMatchObject({ error: { code: 'origin_refused' } })
    }
  })

  it('tells browsers to stay on https where there is https, and says nothing of it over plain http', async () => {
    expect((await call('GET', '/healthz')).headers.get('strict-transport-security')).toBeNull()
    const live = {
      PUBLIC_ORIGIN: 'https://webnova.test',
      ENVIRONMENT: 'production',
      HETZNER_API_URL: 'https://api.hetzner.cloud/v1',
    }
    const secure = await fetchWith(live, '/healthz')
    expect(secure.headers.get('strict-transport-security')).toBe('max-age=63072000; includeSubDomains')
  })
})
