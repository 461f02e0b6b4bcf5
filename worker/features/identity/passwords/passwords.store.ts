import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { expectChanged, schema, toAppError, type Db, type Statement } from '../../../db/index.ts'
import { ruleFor, type PasswordPolicy } from '../sign-in-policy/policy.store.ts'
import { userBrief, type UserBrief } from '../users.store.ts'

const { passwords, totpSecrets, users } = schema

export type TotpRow = typeof totpSecrets.$inferSelect

export interface PasswordCandidate {
  user: UserBrief
  rule: PasswordPolicy
  hash: string | null
  totp: TotpRow | null
  /** Of the recovery codes that are left. */
  recoveryHashes: string[]
}

/** Everything that a password, a code or a recovery code is compared with; one query whether or not there is anybody. */
export async function selectPasswordCandidate(db: Db, email: string): Promise<PasswordCandidate | null> {
  const [row] = await db
    .select({
      user: userBrief,
      rule: ruleFor(sql`users.id`).as('rule'),
      hash: passwords.hash,
      totp: totpSecrets,
      recoveryHashes: sql<string[]>`(SELECT json_group_array(c.hash) FROM recovery_codes AS c
        WHERE c.user_id = users.id AND c.used_at IS NULL)`
        .mapWith((text: string) => JSON.parse(text) as string[])
        .as('recovery_hashes'),
    })
    .from(users)
    .leftJoin(passwords, eq(passwords.userId, users.id))
    .leftJoin(totpSecrets, and(eq(totpSecrets.userId, users.id), isNotNull(totpSecrets.confirmedAt)))
    .where(eq(users.email, email))
    .catch((error: unknown) => {
      throw toAppError(error)
    })
  return row ?? null
}

const allowedStill = (userId: string) => sql`${ruleFor(sql`${userId}`)} = 'allowed'`

/** Only the password that was compared, and only while the rules allow it: a race with their change opens nothing. */
export const usePassword = (
  db: Db,
  use: { userId: string; hash: string; newHash: string; now: number },
): Statement[] => [
  db
    .update(passwords)
    .set({ hash: use.newHash, lastUsedAt: use.now })
    .where(and(eq(passwords.userId, use.userId), eq(passwords.hash, use.hash), allowedStill(use.userId))),
  expectChanged(db),
]

export const putPassword = (db: Db, userId: string, hash: string, now: number): Statement[] => [
  db
    .insert(passwords)
    .select(sql`SELECT ${userId}, ${hash}, ${now}, NULL WHERE ${allowedStill(userId)}`)
    .onConflictDoUpdate({ target: passwords.userId, set: { hash, setAt: now, lastUsedAt: null } }),
  expectChanged(db),
]

export const deletePassword = (db: Db, userId: string): Statement[] => [
  db.delete(passwords).where(eq(passwords.userId, userId)),
  expectChanged(db),
]
