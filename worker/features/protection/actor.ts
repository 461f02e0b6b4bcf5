import type { Ctx } from '../../context.ts'
import type { SystemActor } from '../../kernel/actor.ts'

/** Who suspends and alerts where no person did; the record and the dashboard know it by this name. */
const protection: SystemActor = { kind: 'system', name: 'protection' as SystemActor['name'] }

/** The same request, with the rules as the actor: the facts of where it came from stay. */
export const asProtection = (ctx: Ctx): Ctx => ({ ...ctx, actor: protection })
