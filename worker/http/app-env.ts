import type { Context } from 'hono'
import type { Ctx } from '../context.ts'

export interface AppEnv {
  Bindings: Env
  Variables: {
    ctx: Ctx
    requestId: string
    /** The answer is shown once and kept nowhere, not even for a repeat with the same Idempotency-Key. */
    answerIsSecret?: boolean
  }
}

export type HttpContext = Context<AppEnv>
