import { runDurableObjectAlarm } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { limiterOf } from '../../worker/objects/rate-limiter-client.ts'
import { permissions, type Permission } from '../../worker/kernel/permissions.ts'
import { api, readJson, type ApiInit, type TestSession } from './session.ts'

export interface TestKey {
  id: string
  name: string
  hint: string
  state: string
  permissions: string[]
  scopes: unknown[]
  ipAllowlist: string[]
  stepUp: string
  expiresAt: string | null
  lastUsedAt: string | null
  lastIp: string | null
  useCount: number
  refusalCount: number
  overlapUntil: string | null
  replacedBy: string | null
}

export interface MadeTestKey {
  key: TestKey
  secret: string
  /** A call with this key, as a tool makes it: no cookie, no origin. */
  api(path: string, init?: ApiInit): Promise<Response>
}

/** Everything a key can carry. */
export const keyPermissions = (Object.keys(permissions) as Permission[]).filter((name) => name !== 'api-keys:use')

export const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` })

export const withKey = (secret: string, path: string, { headers, ...init }: ApiInit = {}) =>
  api(path, { ...init, headers: { ...bearer(secret), ...headers } })

/** With the whole of its person, unless `input` says less. */
export async function createKey(person: TestSession, input: Record<string, unknown> = {}): Promise<MadeTestKey> {
  const json = { name: 'CI', permissions: person.me.permissions.filter((name) => name !== 'api-keys:use'), ...input }
  const answer = await person.api('/me/api-keys', { json })
  return toMade(await readJson<{ key: TestKey; secret: string }>(answer, 201))
}

export const toMade = (made: { key: TestKey; secret: string }): MadeTestKey => ({
  ...made,
  api: (path, init) => withKey(made.secret, path, init),
})

/** Has the object that counts a key's calls write them down now, as its alarm does. True where there was one. */
export const writeCounted = (keyId: string): Promise<boolean> =>
  runDurableObjectAlarm(env.RATE_LIMITER.get(env.RATE_LIMITER.idFromName(limiterOf(keyId))))

/** Another secret under the same id, with a checksum that is right. */
export async function forge(secret: string): Promise<string> {
  const { checksumOf } = await import('../../worker/features/api-keys/key-format.ts')
  const body = `${secret.slice(0, 14)}${'x'.repeat(44)}`
  return `${body}${checksumOf(body)}`
}
