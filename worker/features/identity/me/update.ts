import type { Ctx } from '../../../context.ts'
import { mutate } from '../../../kernel/mutate.ts'
import { getSessionActorOrThrow } from '../actor.ts'
import { userTarget } from '../refusal.ts'
import { updateMeInput, type Me, type UpdateMeInput } from '../schemas.ts'
import { updateUser } from '../users.store.ts'
import { describeMe } from './read.ts'

/** Changes one's own name, language and theme; what is left out stays. */
export async function updateMe(ctx: Ctx, raw: UpdateMeInput): Promise<Me> {
  const changes = updateMeInput.parse(raw)
  const actor = getSessionActorOrThrow(ctx)
  const before = await describeMe(ctx, actor)
  if (Object.keys(changes).length === 0) return before
  return mutate(ctx, {
    action: 'user.preferences.update',
    permission: 'self',
    target: userTarget(before),
    run: async (op) => {
      await op.commit([updateUser(ctx.db, actor.id, changes, ctx.clock.now())], {
        before: { name: before.name, locale: before.locale, theme: before.theme },
        after: changes,
      })
      return { ...before, ...changes }
    },
  })
}
