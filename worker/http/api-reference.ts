import type { Context } from 'hono'
import type { AppEnv } from './app-env.ts'

/**
 * `/api/docs` is a page of the dashboard, although its address belongs to the Worker: the app's shell is served here
 * and draws the reference from /api/openapi.json. The shell brings its own script policy in a meta tag; a second
 * script policy in a header would block it, so only what a meta tag cannot say is added.
 */
export async function apiReference(c: Context<AppEnv>): Promise<Response> {
  const shell = await c.env.ASSETS.fetch(new URL('/', c.req.url))
  const response = new Response(shell.body, shell)
  response.headers.set('Content-Security-Policy', "frame-ancestors 'none'")
  return response
}
