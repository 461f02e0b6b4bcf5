import { z } from 'zod'
import { fromBase64Url, type MasterKeys } from './kernel/crypto.ts'
import { AppError } from './kernel/errors.ts'

const keyList = (label: RegExp) =>
  z.string().transform((text, check) => {
    const entries = text.split(',').map((part) => part.trim().split(':'))
    const keys = entries.map(([name = '', value = '']) => {
      try {
        return { name, bytes: fromBase64Url(value) }
      } catch {
        return { name, bytes: new Uint8Array(0) }
      }
    })
    if (keys.length > 0 && keys.every((key) => label.test(key.name) && key.bytes.length === 32)) return keys
    check.addIssue({ code: 'custom', message: 'expected name:base64url(32 bytes), comma separated' })
    return z.NEVER
  })

const vars = z.object({
  ENVIRONMENT: z.enum(['demo', 'staging', 'production']),
  PUBLIC_ORIGIN: z.url().transform((url) => new URL(url).origin),
  HETZNER_API_URL: z.url().transform((url) => url.replace(/\/+$/, '')),
  MASTER_KEYS: keyList(/^\d+$/),
  SESSION_KEYS: keyList(/^[\w-]+$/),
  SEAL_KEYS: keyList(/^[\w-]+$/),
  LIBSQL_URL: z.url().optional(),
  LIBSQL_TOKEN: z.string().optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
})

export interface NamedKey {
  /** What a signature made with it calls it (`kid`). */
  name: string
  bytes: Uint8Array<ArrayBuffer>
}

export interface Config {
  environment: 'demo' | 'staging' | 'production'
  /** One configured origin gives the passkeys' RP id, the origin check and links (DESIGN §5). */
  publicOrigin: string
  hetznerApiUrl: string
  masterKeys: MasterKeys
  /** The first signs, every one verifies. */
  sessionKeys: readonly [NamedKey, ...NamedKey[]]
  /** Ed25519 seeds for the audit log's seals; the first signs, every one verifies. */
  sealKeys: readonly [NamedKey, ...NamedKey[]]
  libsql: { url: string; authToken: string | undefined } | null
  logLevel: 'debug' | 'info' | 'warn' | 'error'
  /** `__Host-` cookies need https; plain http is for the demo on localhost only. */
  secureCookies: boolean
}

const parsed = new WeakMap<object, Config>()

/** Parsed once an isolate, never skipped. @throws AppError `misconfigured`, naming what is missing in the log only. */
export function readConfig(env: object): Config {
  const known = parsed.get(env)
  if (known) return known
  const result = vars.safeParse(env)
  if (!result.success)
    throw misconfigured(result.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; '))
  const v = result.data
  const secure = v.PUBLIC_ORIGIN.startsWith('https://')
  if (!secure && !(v.ENVIRONMENT === 'demo' && isThisMachine(v.PUBLIC_ORIGIN))) {
    throw misconfigured('PUBLIC_ORIGIN must be https, except in the demo on localhost')
  }
  for (const name of ['HETZNER_API_URL', 'LIBSQL_URL'] as const) {
    if (v.ENVIRONMENT !== 'demo' && v[name] !== undefined && isPlain(v[name]))
      throw misconfigured(`${name} must be https: a token goes with every request`)
  }
  const config: Config = {
    environment: v.ENVIRONMENT,
    publicOrigin: v.PUBLIC_ORIGIN,
    hetznerApiUrl: v.HETZNER_API_URL,
    masterKeys: new Map(v.MASTER_KEYS.map((key) => [Number(key.name), key.bytes])),
    sessionKeys: v.SESSION_KEYS as [NamedKey, ...NamedKey[]],
    sealKeys: v.SEAL_KEYS as [NamedKey, ...NamedKey[]],
    libsql: v.LIBSQL_URL ? { url: v.LIBSQL_URL, authToken: v.LIBSQL_TOKEN } : null,
    logLevel: v.LOG_LEVEL,
    secureCookies: secure,
  }
  parsed.set(env, config)
  return config
}

/** The only plain-http addresses at which browsers allow passkeys. */
const isThisMachine = (origin: string) =>
  /^http:\/\/(localhost|[\w-]+\.localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(origin)

/** What others on the way could read. */
const isPlain = (url: string) => !/^(https:|libsql:(?!.*tls=0))/i.test(url) && !isThisMachine(new URL(url).origin)

const misconfigured = (detail: string) => new AppError('misconfigured', { detail })
