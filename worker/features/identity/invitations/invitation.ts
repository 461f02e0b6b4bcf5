import type { Ctx } from '../../../context.ts'
import { sha256 } from '../../../kernel/crypto.ts'
import { AppError } from '../../../kernel/errors.ts'
import { nobody, recordRefusal, userTarget } from '../refusal.ts'
import { linkState } from '../rules.ts'
import type { UserBrief } from '../users.store.ts'
import { selectInvitation, type InvitationRow } from './invitations.store.ts'

/** Expired is told apart, because a fresh one helps; unknown, used and revoked are one `link_invalid`. */
export async function getInvitationOrThrow(
  ctx: Ctx,
  token: string,
): Promise<{ invitation: InvitationRow; user: UserBrief }> {
  const found = await selectInvitation(ctx.db, await sha256(token))
  const state = found ? stateOf(found, ctx.clock.now()) : 'unknown'
  if (found && state === 'valid') return found
  const errorCode = state === 'expired' ? 'link_expired' : 'link_invalid'
  const target = found ? userTarget(found.user) : nobody
  await recordRefusal(ctx, { action: 'user.invite.accept', target, errorCode, reason: `invitation ${state}` })
  throw new AppError(errorCode, {
    hint: 'Ask whoever invited you for a new link.',
    detail: `invitation ${state}`,
  })
}

function stateOf({ invitation, user }: { invitation: InvitationRow; user: UserBrief }, now: number) {
  if (invitation.revokedAt !== null) return 'revoked'
  const state = linkState(invitation, now)
  return state === 'valid' && user.status !== 'PENDING' ? 'void' : state
}
