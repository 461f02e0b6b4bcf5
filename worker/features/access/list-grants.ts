import type { Ctx } from '../../context.ts'
import { authorize } from '../../kernel/authorize.ts'
import { iso, isoOrNull } from '../../kernel/clock.ts'
import { getUserOrNotFound } from '../users/index.ts'
import { selectGrants } from './grants.store.ts'
import type { GrantView } from './schemas.ts'

/** A person's rules, expired ones too: they are history until somebody removes them. Needs `users:read`. */
export async function listGrants(ctx: Ctx, userId: string): Promise<{ items: GrantView[] }> {
  authorize(ctx.actor, 'users:read')
  await getUserOrNotFound(ctx, userId)
  const now = ctx.clock.now()
  const rows = await selectGrants(ctx.db, userId)
  return {
    items: rows.map(({ grant, createdByName, scopeName }) => ({
      id: grant.id,
      effect: grant.effect,
      permissions: grant.permissions,
      scope: grant.scope,
      scopeName,
      note: grant.note,
      createdAt: iso(grant.createdAt),
      createdBy: { id: grant.createdBy, name: createdByName ?? 'WebNova' },
      expiresAt: isoOrNull(grant.expiresAt),
      expired: grant.expiresAt !== null && grant.expiresAt <= now,
    })),
  }
}
