import { exports } from 'cloudflare:workers'
import { allPermissions } from './permissions.ts'
import { createKey } from '../../support/api-keys.ts'
import { origin, randomIp, type TestSession } from '../../support/session.ts'

export interface Answer {
  status: number
  headers: Headers
  body: Record<string, unknown> & { error?: { code: string; message: string; details: unknown } }
}

/** One of Hetzner's own clients, pointed at the gateway. */
export function client(token: string | null, base = '/hetzner/v1') {
  return async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const response = await exports.default.fetch(
      new Request(`${origin}${base}${path}`, {
        method,
        headers: {
          'cf-connecting-ip': randomIp(),
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    )
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? {} : (JSON.parse(text) as Answer['body']),
    }
  }
}

/** A key of this person for everything the gateway knows, narrowed by what is given. */
export async function toolKey(owner: TestSession, change: Record<string, unknown> = {}) {
  return createKey(owner, { permissions: allPermissions, stepUp: 'never', ...change })
}

export const labelled = (selector: string) => [{ kind: 'labels', selector, accountId: null }]

/** For tests of something else than locks: nobody holds a server for long. */
export const withoutLocks = {
  ACTION_LOCK: {
    idFromName: (name: string) => name,
    get: () => ({
      acquire: async () => ({ ok: true }),
      release: async () => undefined,
      follow: async () => undefined,
      holder: async () => null,
    }),
  },
}
