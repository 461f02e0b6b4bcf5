import type { Ctx } from '../../context.ts'
import { explainFor } from '../../kernel/authorize.ts'
import { iso, isoOrNull } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import { permissions, roleDefaults, type Permission } from '../../kernel/permissions.ts'
import { listSessionsOf } from '../identity/index.ts'
import type { EffectivePermission, User, UserDetail } from './schemas.ts'
import { selectUserFacts, type UserFacts, type UserRow } from './users.store.ts'

/** One person: what is known of them, where they are signed in, what they may do and which rule says so. */
export async function getUser(ctx: Ctx, userId: string): Promise<UserDetail> {
  const facts = await getUserOrNotFound(ctx, userId)
  const sessions = await listSessionsOf(ctx, userId)
  return { ...toUser(facts, ctx.clock.now()), sessions, effective: effectiveOf(facts.user) }
}

export async function getUserOrNotFound(ctx: Ctx, userId: string): Promise<UserFacts> {
  const facts = await selectUserFacts(ctx.db, userId, ctx.clock.now())
  if (!facts) throw notFound('User')
  return facts
}

export function toUser(facts: UserFacts, now: number): User {
  const { user, invitedUntil } = facts
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    role: user.role,
    status: user.status,
    permissions: user.permissions,
    lastLoginAt: isoOrNull(user.lastLoginAt),
    lastIp: user.lastIp,
    failedLoginAttempts: user.failedLoginAttempts,
    createdAt: iso(user.createdAt),
    updatedAt: iso(user.updatedAt),
    statusChangedAt: isoOrNull(user.statusChangedAt),
    statusChangedBy:
      user.statusChangedBy === null ? null : { id: user.statusChangedBy, name: facts.changedByName ?? 'WebNova' },
    statusReason: user.statusReason,
    passkeyCount: facts.passkeyCount,
    sessionCount: facts.sessionCount,
    invitation:
      user.status === 'PENDING' && invitedUntil !== null
        ? { expiresAt: iso(invitedUntil), expired: invitedUntil <= now }
        : null,
  }
}

/** Every permission with what decides it. What a status other than ACTIVE refuses, it refuses on top of this. */
function effectiveOf(user: UserRow): EffectivePermission[] {
  return (Object.keys(permissions) as Permission[]).map((permission) => {
    const { allowed, rule, by } = explainFor({ role: user.role, overrides: user.permissions, grants: [] }, permission)
    return {
      permission,
      sentence: permissions[permission],
      allowed,
      by: by === 'allow' || by === 'deny' || by === 'owner_only' ? by : 'role',
      rule,
      byRole: roleDefaults[user.role].includes(permission),
    }
  })
}
