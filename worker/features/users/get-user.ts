import type { Ctx } from '../../context.ts'
import { explainFor } from '../../kernel/authorize.ts'
import { days, iso, isoOrNull } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import { permissions, roleDefaults, type Permission } from '../../kernel/permissions.ts'
import { coversEverything, personReach } from '../../kernel/reach.ts'
import { listRules, listSessionsOf, livingGrants, type StoredGrant } from '../identity/index.ts'
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
  const effective = effectiveOf(facts.user, grants, uses, now)
  const narrowable = effective.filter(({ unused }) => unused).map(({ permission }) => permission)
  return { ...toUser(facts, now), sessions, effective, narrowable }
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
  grants: readonly StoredGrant[],
  uses: ReadonlyMap<string, number>,
  now: number,
): EffectivePermission[] {
  const old = now - unusedMs
  const rules = { role: user.role, overrides: user.permissions, grants }
  return (Object.keys(permissions) as Permission[]).map((permission) => {
    const { allowed, rule, by } = explainFor(rules, permission)
    const about = grants.filter((grant) => grant.permissions.includes(permission))
    const lastUsedAt = uses.get(permission) ?? null
    const since = Math.max(user.updatedAt, by === 'grant' ? earliestOf(about) : 0)
    return {
      permission,
      sentence: permissions[permission],
      allowed,
      by: by === 'session' || by === 'system' || by === 'key' ? 'role' : by,
      rule,
      byRole: roleDefaults[user.role].includes(permission),
      where: !allowed ? 'nowhere' : coversEverything(personReach(rules, permission)) ? 'everywhere' : 'some',
      grantIds: about.map(({ id }) => id),
      limited: about.some(({ scope }) => scope.kind !== 'everything'),
      lastUsedAt: isoOrNull(lastUsedAt),
      // What an owner has cannot be taken from them one by one.
      unused: allowed && user.role !== 'OWNER' && since < old && (lastUsedAt === null || lastUsedAt < old),
    }
  })
}

/** Since when rules give it, without a day between: the first of those that still stand. */
const earliestOf = (grants: readonly StoredGrant[]): number =>
  Math.min(...grants.filter(({ effect }) => effect === 'allow').map(({ createdAt }) => createdAt))
