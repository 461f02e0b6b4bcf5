import type { Ctx } from '../../../context.ts'
import type { SessionActor, UserActor } from '../../../kernel/actor.ts'
import { explain } from '../../../kernel/authorize.ts'
import { iso, isoOrNull } from '../../../kernel/clock.ts'
import { AppError } from '../../../kernel/errors.ts'
import { permissions, type Permission } from '../../../kernel/permissions.ts'
import { hasEverywhere } from '../../../kernel/reach.ts'
import { getSessionActorOrThrow, getUserOrThrow } from '../actor.ts'
import { locales, themes, type KeyMe, type Me } from '../schemas.ts'
import { selectMe } from '../users.store.ts'

/**
 * The signed-in person, their session, and what the API will allow them (the dashboard decides nothing, P1.2). A key is
 * told the person it stands for, and itself.
 */
export const readMe = async (ctx: Ctx): Promise<Me | KeyMe> =>
  describeKey(getUserOrThrow(ctx)) ?? describeMe(ctx, getSessionActorOrThrow(ctx))

function describeKey(actor: UserActor): KeyMe | null {
  if (!actor.key) return null
  const { id, name, scopes, stepUp, accountId, hourlyBudget, expiresAt } = actor.key
  return {
    id: actor.id,
    name: actor.name,
    role: actor.role,
    permissions: permissionsOf(actor),
    permissionsEverywhere: everywhereOf(actor),
    key: { id, name, scopes: [...scopes], stepUp, accountId, hourlyBudget, expiresAt: isoOrNull(expiresAt) },
  }
}

/** The same for a session that has only just been opened in this request. */
export async function describeMe(ctx: Ctx, actor: SessionActor): Promise<Me> {
  const row = await selectMe(ctx.db, actor.id, actor.sessionId)
  if (!row) throw new AppError('session_expired')
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    status: row.status,
    locale: locales.find((locale) => locale === row.locale) ?? null,
    theme: themes.find((theme) => theme === row.theme) ?? 'system',
    permissions: permissionsOf(actor),
    permissionsEverywhere: everywhereOf(actor),
    session: {
      id: row.sessionId,
      name: row.sessionName,
      verifiedAt: row.verifiedAt === 0 ? null : iso(row.verifiedAt),
      mustAddPasskey: row.verifiedAt === 0 && row.openedBy === 'recovery_code',
    },
    passkeyCount: row.passkeyCount,
    recoveryCodesRemaining: row.recoveryCodesRemaining,
  }
}

const everywhereOf = (actor: UserActor): Permission[] =>
  permissionsOf(actor).filter((permission) => hasEverywhere(actor, permission))

const permissionsOf = (actor: UserActor): Permission[] =>
  (Object.keys(permissions) as Permission[]).filter((permission) => explain(actor, permission).allowed)
