import { Hono } from 'hono'
import demo from '../../worker/entries/demo.ts'
import { listServers } from '../../worker/features/servers/list.ts'
import { securityHeaders } from '../../worker/http/index.ts'
import { createCtx } from '../../worker/services.ts'
import { simulatorFetch } from '../../worker/simulator/index.ts'
import { countedDb, type Counts } from './lib/counted-db.ts'

export { ActionLock, LiveHub, RateLimiter, ReadMirror, Simulator } from '../../worker/entries/demo.ts'

/**
 * The demo, with the raw costs beside it that the budgets are measured against. `x-bench-count` meters the database for
 * one request; `/api/bench/cron?cron=…` runs the jobs of a schedule, metered. Never deployed.
 */
export default {
  ...demo,
  async fetch(request, env, execution) {
    const { pathname, searchParams } = new URL(request.url)
    if (pathname.startsWith('/api/bench/raw/')) return raw.fetch(request, env, execution)
    if (pathname === '/api/bench/list') return Response.json(await listUnguarded(env, execution))
    if (pathname === '/api/bench/cron') {
      const cron = searchParams.get('cron') ?? ''
      return metered(env, (counted) => runCron(counted, execution, cron))
    }
    if (request.headers.has('x-bench-count')) {
      return metered(env, (counted) => demo.fetch(request as never, counted, execution))
    }
    return demo.fetch(request as never, env, execution)
  },
} satisfies ExportedHandler<Env>

/** What budgets are compared with: the framework with nothing in it, and the same with the headers every answer has. */
const raw = new Hono<{ Bindings: Env }>()
  .get('/api/bench/raw/hello', (c) => c.json({ hello: 'world' }))
  .get('/api/bench/raw/object', async (c) => c.json(await hop(c.env)))
  .use('/api/bench/raw/headers', securityHeaders as never)
  .get('/api/bench/raw/headers', (c) => c.json({ hello: 'world' }))

const hop = (env: Env) =>
  env.RATE_LIMITER.get(env.RATE_LIMITER.idFromName('bench')).take({ capacity: 1e9, perSecond: 1e6 }, 1, 0)

function listUnguarded(env: Env, execution: ExecutionContext) {
  const defer = (work: Promise<unknown>) => execution.waitUntil(work)
  const origin = { env, modules: { providerFetch: simulatorFetch }, defer }
  const ctx = createCtx(origin, { actor: { kind: 'system', name: 'cron' }, source: 'system' })
  return listServers(ctx, { limit: 50, sort: 'name' })
}

async function runCron(env: Env, execution: ExecutionContext, cron: string): Promise<Response> {
  await demo.scheduled?.({ cron, scheduledTime: Date.now(), noRetry: () => {} }, env, execution)
  return new Response()
}

async function metered(env: Env, run: (env: Env) => Response | Promise<Response>): Promise<Response> {
  const counts: Counts = { queries: 0, rowsRead: 0, rowsWritten: 0 }
  const response = await run({ ...env, DB: countedDb(env.DB, counts) })
  const answer = new Response(response.body, response)
  answer.headers.set('x-bench-count', JSON.stringify(counts))
  return answer
}
