import type { Hono } from 'hono'
import type { AppEnv } from '../../http/index.ts'
import { checkDatabase } from './health.store.ts'

/** `/healthz`: the process answers. `/readyz`: so does the database, with every migration this build needs. */
export function healthRoutes(app: Hono<AppEnv>): void {
  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  app.get('/readyz', async (c) => {
    const ready = await checkDatabase(c.get('ctx'))
    return c.json({ status: ready ? 'ready' : 'not_ready' }, ready ? 200 : 503)
  })
}
