import type { Context } from 'hono'
import type { Ctx } from '../context.ts'
import type { RoutePermission } from '../kernel/permissions.ts'

export interface AppEnv {
  Bindings: Env
  Variables: {
    ctx: Ctx
    requestId: string
    /** The answer is shown once and kept nowhere, not even for a repeat with the same Idempotency-Key. */
    answerIsSecret?: boolean
    /** What the operation that was found asks for. */
    permission?: RoutePermission
    /** `GET /api/v1/servers/{serverId}`. */
    operation?: string
  }
}

export type HttpContext = Context<AppEnv>
