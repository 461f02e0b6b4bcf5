import type { Ctx } from '../../../context.ts'
import { authorizeOnRecord, mutate } from '../../../kernel/mutate.ts'
import { assertRecentlyVerified, getUserOrThrow } from '../actor.ts'
import { instance } from '../refusal.ts'
import { commitEnding } from './end-sessions.ts'
import {
  endDisallowedSessions,
  expectActiveOwner,
  selectExceptions,
  selectInstancePolicy,
  setInstancePolicy,
  type PasswordPolicy,
} from './policy.store.ts'
import type { SignInSettings } from './schemas.ts'

/** The rule for everybody, and who has one of their own. */
export async function readSignInSettings(ctx: Ctx): Promise<SignInSettings> {
  const [passwords, exceptions] = await Promise.all([selectInstancePolicy(ctx.db), selectExceptions(ctx.db, 200)])
  return { passwords, exceptions }
}

const act = { action: 'instance.set_sign_in', permission: 'users:govern', target: instance } as const

/**
 * Allows passwords beside passkeys, or requires passkeys: whoever came in by a password is then out, but for the one who
 * says so. People with a rule of their own keep it. @throws `forbidden`, `step_up_required`.
 */
export async function setSignInSettings(
  ctx: Ctx,
  input: { passwords: PasswordPolicy },
): Promise<{ settings: SignInSettings; ended: number }> {
  await authorizeOnRecord(ctx, act)
  assertRecentlyVerified(ctx)
  const actor = getUserOrThrow(ctx)
  const before = await selectInstancePolicy(ctx.db)
  const ended = await mutate(ctx, {
    ...act,
    run: (op) => {
      const now = ctx.clock.now()
      const statements = [
        ...expectActiveOwner(ctx.db, actor.id),
        setInstancePolicy(ctx.db, input.passwords, now),
        endDisallowedSessions(ctx.db, actor.sessionId, now, op.id),
      ]
      return commitEnding(ctx, op, statements, { before: { passwords: before }, after: { passwords: input.passwords } })
    },
  })
  return { settings: await readSignInSettings(ctx), ended }
}
