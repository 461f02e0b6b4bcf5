import type { Ctx } from '../../context.ts'
import { explainFor } from '../../kernel/authorize.ts'
import { days, iso, isoOrNull } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import { permissions, roleDefaults, type Permission } from '../../kernel/permissions.ts'
import type { Grant } from '../../kernel/scope.ts'
import { listRules, listSessionsOf, livingGrants } from '../identity/index.ts'
import { selectPermissionUses } from './permission-uses.store.ts'
import type { EffectivePermission, User, UserDetail } from './schemas.ts'
import { selectUserFacts, type UserFacts, type UserRow } from './users.store.ts'

/** One person: what is known of them, where they are signed in, what they may do and which rule says so. */
export async function getUser(ctx: Ctx, userId: string): Promise<UserDetail> {
  const facts = await getUserOrNotFound(ctx, userId)
  const [sessions, [person], uses] = await Promise.all([
    listSessionsOf(ctx, userId),
    listRules(ctx.db, userId),
    selectPermissionUses(ctx.db, userId),
  ])
  const now = ctx.clock.now()
  const grants = livingGrants(person?.grants ?? [], now)
  return { ...toUser(facts, now), sessions, effective: effectiveOf(facts.user, grants, uses, now) }
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

/** What was not used for this long is suggested to be taken back, ms. */
const unusedMs = days(90)

/** Every permission with what decides it. What a status other than ACTIVE refuses, it refuses on top of this. */
function effectiveOf(
  user: UserRow,
  grants: readonly Grant[],
  uses: ReadonlyMap<string, number>,
  now: number,
): EffectivePermission[] {
  const old = now - unusedMs
  return (Object.keys(permissions) as Permission[]).map((permission) => {
    const { allowed, rule, by } = explainFor({ role: user.role, overrides: user.permissions, grants }, permission)
    const lastUsedAt = uses.get(permission) ?? null
    return {
      permission,
      sentence: permissions[permission],
      allowed,
      by: by === 'session' || by === 'system' || by === 'key' ? 'role' : by,
      rule,
      byRole: roleDefaults[user.role].includes(permission),
      limited: grants.some((grant) => grant.permissions.includes(permission) && grant.scope.kind !== 'everything'),
      lastUsedAt: isoOrNull(lastUsedAt),
      // What an owner has cannot be taken from them one by one.
      unused: allowed && user.role !== 'OWNER' && user.updatedAt < old && (lastUsedAt === null || lastUsedAt < old),
    }
  })
}
