import type { Ctx } from '../../../context.ts'
import { mutate } from '../../../kernel/mutate.ts'
import { assertRecentlyVerified, getSessionActorOrThrow } from '../actor.ts'
import { userTarget } from '../refusal.ts'
import { createRecoveryCodes } from './codes.ts'
import { replaceRecoveryCodes } from './recovery.store.ts'

/** Ten new codes in place of all earlier ones, shown once. @throws `step_up_required`. */
export async function regenerateRecoveryCodes(ctx: Ctx): Promise<{ codes: string[] }> {
  const actor = getSessionActorOrThrow(ctx)
  assertRecentlyVerified(ctx)
  const { codes, hashes } = await createRecoveryCodes(actor.id)
  return mutate(ctx, {
    action: 'recovery_codes.create',
    permission: 'self',
    target: userTarget(actor),
    run: async (op) => {
      const statements = replaceRecoveryCodes(ctx.db, actor.id, hashes, ctx.clock.now())
      await op.commit(statements, { after: { count: codes.length } })
      return { codes }
    },
  })
}
