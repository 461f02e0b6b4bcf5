import type { Ctx } from '../../../context.ts'
import { notFound } from '../../../kernel/errors.ts'
import { authorizeOnRecord, mutate } from '../../../kernel/mutate.ts'
import { assertRecentlyVerified, getUserOrThrow } from '../actor.ts'
import { userTarget } from '../refusal.ts'
import { commitEnding } from './end-sessions.ts'
import {
  endDisallowedSessions,
  expectActiveOwner,
  selectSignInOf,
  setException,
  type PasswordPolicy,
} from './policy.store.ts'
import type { PersonSignIn } from './schemas.ts'

async function getSignInOrNotFound(ctx: Ctx, userId: string) {
  const row = await selectSignInOf(ctx.db, userId)
  if (!row) throw notFound('User')
  return row
}

/** How one person may sign in, and whether they have set it up. */
export async function readPersonSignIn(ctx: Ctx, userId: string): Promise<PersonSignIn> {
  const row = await getSignInOrNotFound(ctx, userId)
  return {
    own: row.exception,
    everybody: row.instance,
    passwords: row.rule,
    hasPassword: row.passwordSetAt !== null,
    hasAuthenticator: row.totpConfirmedAt !== null,
  }
}

const act = { action: 'user.set_sign_in', permission: 'users:govern' } as const

/**
 * A rule for one person, or null for the one that everybody has. Where it forbids passwords, what one of theirs opened
 * ends. @throws `forbidden`, `step_up_required`, `not_found`.
 */
export async function setPersonSignIn(
  ctx: Ctx,
  userId: string,
  input: { passwords: PasswordPolicy | null },
): Promise<{ signIn: PersonSignIn; ended: number }> {
  await authorizeOnRecord(ctx, { ...act, target: userTarget({ id: userId, name: '' }) })
  assertRecentlyVerified(ctx)
  const actor = getUserOrThrow(ctx)
  const row = await getSignInOrNotFound(ctx, userId)
  const ended = await mutate(ctx, {
    ...act,
    target: userTarget(row),
    run: (op) => {
      const now = ctx.clock.now()
      const statements = [
        ...expectActiveOwner(ctx.db, actor.id),
        setException(ctx.db, userId, input.passwords, now),
        endDisallowedSessions(ctx.db, actor.sessionId, now, op.id),
      ]
      const change = { before: { passwords: row.exception }, after: { passwords: input.passwords } }
      return commitEnding(ctx, op, statements, change)
    },
  })
  return { signIn: await readPersonSignIn(ctx, userId), ended }
}
