import type { Ctx } from '../../context.ts'
import type { Statement } from '../../db/index.ts'
import { randomToken, sha256 } from '../../kernel/crypto.ts'
import { AppError } from '../../kernel/errors.ts'
import { newId } from '../../kernel/id.ts'
import { mutate } from '../../kernel/mutate.ts'
import {
  assertRecentlyVerified,
  getUserOrThrow,
  invitationLifetimeMs,
  normalizeEmail,
  userTarget,
} from '../identity/index.ts'
import { voidChallenges } from './access.store.ts'
import { authorizeGoverning } from './find-governed.ts'
import { getUser } from './get-user.ts'
import { assertNotBanned } from './rules.ts'
import type { InviteInput, UserDetail } from './schemas.ts'
import {
  changeUser,
  expectGoverning,
  insertInvitation,
  insertPendingUser,
  revokeInvitations,
  selectUserByEmail,
  type UserRow,
} from './users.store.ts'

/**
 * A PENDING person and their one-time link, which only its hash is kept of. Inviting somebody PENDING again makes a
 * new link and voids the earlier one. Making an owner needs a fresh proof. @throws `already_exists`, `user_banned`.
 */
export async function inviteUser(ctx: Ctx, input: InviteInput): Promise<{ user: UserDetail; link: string }> {
  await authorizeGoverning(ctx, 'user.invite', '')
  if (input.role === 'OWNER')
    assertRecentlyVerified(ctx, { action: 'user.invite', target: userTarget({ id: '', name: input.name }) })
  const now = ctx.clock.now()
  const email = normalizeEmail(input.email)
  const known = await selectUserByEmail(ctx.db, email)
  const person = { id: known?.id ?? newId('usr', now), name: input.name, email, role: input.role }
  const token = randomToken()
  const tokenHash = await sha256(token)
  await mutate(ctx, {
    action: 'user.invite',
    permission: 'users:govern',
    target: userTarget(person),
    run: async (op) => {
      const actor = getUserOrThrow(ctx)
      if (known) assertInvitable(known)
      const { id: userId, ...invited } = person
      const expiresAt = now + invitationLifetimeMs
      const invitation = { id: newId('inv', now), userId, ...invited, tokenHash, createdBy: actor.id, createdAt: now }
      const statements: Statement[] = [
        ...expectGoverning(ctx.db, actor),
        ...(known
          ? changeUser(ctx.db, known, { name: person.name, role: person.role, updatedAt: now })
          : insertPendingUser(ctx.db, person, actor.id, now)),
        revokeInvitations(ctx.db, userId, now),
        voidChallenges(ctx.db, userId),
        insertInvitation(ctx.db, { ...invitation, expiresAt }),
      ]
      await op.commit(statements, { after: { email, role: person.role, again: known !== undefined } })
    },
  })
  return { user: await getUser(ctx, person.id), link: `${ctx.config.publicOrigin}/invite#token=${token}` }
}

function assertInvitable(known: UserRow): void {
  assertNotBanned(known.status)
  if (known.status === 'PENDING') return
  throw new AppError('already_exists', {
    message: 'Somebody here has this address.',
    hint: known.status === 'ACTIVE' ? 'They can sign in.' : 'Reactivate them instead.',
    fields: [{ path: 'email', message: 'Somebody here has this address.' }],
  })
}
