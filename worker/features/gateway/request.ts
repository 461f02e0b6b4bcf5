import type { Ctx } from '../../context.ts'
import type { UserActor } from '../../kernel/actor.ts'
import type { CleanRequest, Match } from '../../provider/hetzner/operations/index.ts'

/** A request that was understood, by a key that may be here at all. */
export interface GatewayRequest extends Match {
  ctx: Ctx
  actor: UserActor
  accountId: string
  clean: CleanRequest
  /** The client will have no kept answer. */
  fresh: boolean
  /** Of method, place and body: what an approval is for. */
  hash: string
  /** What the client itself calls this request, so that a repeat is known as one. */
  idempotencyKey: string | null
}

/** What the client gets: the provider's own answer, or what is left of it. */
export interface GatewayAnswer {
  status: number
  headers: Record<string, string>
  body: string | null
}

export const jsonHeaders = { 'content-type': 'application/json' }
