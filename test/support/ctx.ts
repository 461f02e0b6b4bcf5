import { env } from 'cloudflare:workers'
import type { Ctx } from '../../worker/context.ts'
import { createDb } from '../../worker/db/index.ts'
import type { Actor, KeyFacet } from '../../worker/kernel/actor.ts'
import type { Source } from '../../worker/kernel/audit.ts'
import type { Clock } from '../../worker/kernel/clock.ts'
import { newId } from '../../worker/kernel/id.ts'
import type { LiveEvent } from '../../worker/kernel/live.ts'
import type { Role } from '../../worker/kernel/permissions.ts'
import { createCtx } from '../../worker/services.ts'
import { simulatorFetch } from '../../worker/simulator/index.ts'

export interface TestCtxOptions {
  /** An owner unless given. */
  actor?: Actor
  source?: Source
  clock?: Clock
  /** In the place of the simulator, or around it. */
  providerFetch?: typeof fetch
}

export interface TestCtx extends Ctx {
  /** What was published, oldest first; it reaches the hub too. */
  readonly events: LiveEvent[]
  /** Waits for the work that goes on after the answer. */
  settle(): Promise<void>
}

/** What a verb gets, built as for a request, without the request: real database, objects and simulated provider. */
export function testCtx(options: TestCtxOptions = {}): TestCtx {
  const deferred: Promise<unknown>[] = []
  const events: LiveEvent[] = []
  const { actor = userActor('OWNER'), source = 'api', clock, providerFetch } = options
  const ctx = createCtx(
    {
      env,
      modules: { providerFetch: () => providerFetch ?? simulatorFetch(env) },
      defer: (work) => void deferred.push(work),
    },
    { actor, source, ip: '192.0.2.10', userAgent: 'test', ...(clock ? { clock } : {}) },
  )
  const { live } = ctx
  return {
    ...ctx,
    events,
    live: {
      ...live,
      publish(event) {
        events.push(event)
        live.publish(event)
      },
    },
    async settle() {
      while (deferred.length > 0) await deferred.shift()
    },
  }
}

/** The same, with the text of every statement that goes to the database through `ctx.db`. */
export function countingCtx(options: TestCtxOptions = {}): { ctx: TestCtx; statements: string[] } {
  const statements: string[] = []
  const counted = {
    prepare: (sql: string) => {
      statements.push(sql)
      return env.DB.prepare(sql)
    },
    batch: (list: D1PreparedStatement[]) => env.DB.batch(list),
  }
  return { ctx: { ...testCtx(options), db: createDb(counted as D1Database, null) }, statements }
}

export const cronActor: Actor = { kind: 'system', name: 'cron' }

/** A signed-in person who exists nowhere but in this context. */
export function userActor(role: Role, name = `Test ${role.toLowerCase()}`): Actor {
  return {
    kind: 'user',
    id: newId('usr'),
    name,
    role,
    overrides: [],
    grants: [],
    key: null,
    sessionId: newId('ses'),
    verifiedAt: Date.now(),
  }
}

/** A key that may do nothing, but for what `facts` say. */
export const keyFacet = (facts: Partial<KeyFacet> = {}): KeyFacet => ({
  id: 'key_1',
  name: 'CI',
  permissions: [],
  scopes: [],
  stepUp: 'destructive',
  approvals: 0,
  accountId: null,
  isAccountConnected: false,
  hourlyBudget: null,
  expiresAt: null,
  ...facts,
})

/** A clock that goes on only when it is told to. */
export function testClock(startMs: number = Date.now()): Clock & { advance(ms: number): void } {
  let now = startMs
  return {
    now: () => now,
    advance: (ms) => void (now += ms),
  }
}
