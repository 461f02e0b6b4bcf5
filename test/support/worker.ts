import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { Bucket, BucketState } from '../../worker/kernel/rate-limit.ts'
import { simulatorFetch } from '../../worker/simulator/index.ts'
import { createWorker } from '../../worker/worker.ts'
import { origin } from './session.ts'

const worker = createWorker({ providerFetch: (bindings) => simulatorFetch(bindings) })

/** A request to the Worker with some of its bindings replaced; waits for the work that goes on after the answer. */
export async function fetchWith(replaced: object, path: string, init: RequestInit = {}): Promise<Response> {
  const execution = createExecutionContext()
  const request = new Request<unknown, IncomingRequestCfProperties>(`${origin}${path}`, init as RequestInit<never>)
  const response = await worker.fetch(request, { ...env, ...replaced }, execution)
  await waitOnExecutionContext(execution)
  return response
}

const open = async (bucket: Bucket): Promise<BucketState> => ({
  allowed: true,
  remaining: bucket.capacity,
  retryAfterS: 0,
})

/** For tests of something else than limits: nobody is ever slowed down. */
export const withoutLimits = {
  RATE_LIMITER: {
    idFromName: (name: string) => name,
    get: () => ({
      take: open,
      takeCall: (_keyId: string, bucket: Bucket) => open(bucket),
      countUse: async () => undefined,
      countedUse: async () => ({}),
      observe: async () => undefined,
      delay: async () => 0,
      fail: async () => undefined,
      attempt: async () => ({ allowed: true, retryAfterS: 0 }),
      forgive: async () => undefined,
      strike: async () => false,
    }),
  },
}

/** A D1 that is gone: every query fails in the way the runtime has it. */
export function brokenDatabase(message = 'D1_ERROR: Network connection lost.') {
  const fail = async (): Promise<never> => {
    throw new Error(message)
  }
  const statement = { bind: () => statement, all: fail, run: fail, raw: fail, first: fail }
  return { DB: { prepare: () => statement, batch: fail, exec: fail } }
}

/** The real one until `fails` says otherwise of a statement's text. */
export function flakyDatabase(fails: (sql: string) => boolean) {
  const texts = new WeakMap<object, string>()
  const lost = async (): Promise<never> => {
    throw new Error('D1_ERROR: Network connection lost.')
  }
  const wrap = (statement: D1PreparedStatement, sql: string): D1PreparedStatement => {
    texts.set(statement, sql)
    return new Proxy(statement, {
      get(target, key) {
        if (key === 'bind') return (...values: unknown[]) => wrap(target.bind(...values), sql)
        if (key === 'real') return target
        const value: unknown = Reflect.get(target, key)
        if (typeof value !== 'function') return value
        return fails(sql) ? lost : value.bind(target)
      },
    })
  }
  const real = (statement: D1PreparedStatement) =>
    (statement as D1PreparedStatement & { real: D1PreparedStatement }).real
  return {
    DB: {
      prepare: (sql: string) => wrap(env.DB.prepare(sql), sql),
      batch: (list: D1PreparedStatement[]) =>
        list.some((statement) => fails(texts.get(real(statement)) ?? '')) ? lost() : env.DB.batch(list.map(real)),
    },
  }
}
