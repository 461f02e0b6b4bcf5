import { and, eq, gt, isNull } from 'drizzle-orm'
import { expectChanged, schema, toAppError, type Db, type Statement } from '../../../db/index.ts'
import { userBrief } from '../users.store.ts'

const { invitations, users } = schema

export type InvitationRow = typeof invitations.$inferSelect

export async function selectInvitation(db: Db, tokenHash: string) {
  const [row] = await db
    .select({ invitation: invitations, user: userBrief })
    .from(invitations)
    .innerJoin(users, eq(users.id, invitations.userId))
    .where(eq(invitations.tokenHash, tokenHash))
    .catch((error: unknown) => {
      throw toAppError(error)
    })
  return row
}

/** Once, in time, not revoked, and only a PENDING person becomes ACTIVE by it: the rules stand in the statements. */
export const acceptInvitation = (db: Db, invitation: InvitationRow, now: number, ip: string | null): Statement[] => [
  db
    .update(invitations)
    .set({ usedAt: now })
    .where(
      and(
        eq(invitations.id, invitation.id),
        isNull(invitations.usedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, now),
      ),
    ),
  expectChanged(db),
  db
    .update(users)
    .set({
      status: 'ACTIVE',
      statusChangedAt: now,
      statusChangedBy: invitation.userId,
      statusReason: null,
      lastLoginAt: now,
      lastIp: ip,
      updatedAt: now,
    })
    .where(and(eq(users.id, invitation.userId), eq(users.status, 'PENDING'))),
  expectChanged(db),
]
