import type { Ctx } from '../../context.ts'
import { isoOrNull } from '../../kernel/clock.ts'
import { AppError, notFound } from '../../kernel/errors.ts'
import { newId } from '../../kernel/id.ts'
import { mutate } from '../../kernel/mutate.ts'
import type { Scope } from '../../kernel/scope.ts'
import { getUserOrThrow, userTarget } from '../identity/index.ts'
import { assertNotBanned, expectGoverning, findGoverned } from '../users/index.ts'
import {
  accountExists,
  countGrants,
  deleteGrant,
  insertGrant,
  selectGrant,
  selectScopedServer,
  type GrantRow,
} from './grants.store.ts'
import { listGrants } from './list-grants.ts'
import { assertGrantable, describeScope, grantLimit } from './rules.ts'
import type { GrantInput, GrantView } from './schemas.ts'

type Grants = { items: GrantView[] }

/**
 * Gives or takes permissions for some things only, from the person's next request on (DESIGN §6).
 * @throws AppError `forbidden`, `step_up_required`, `not_found`, `user_banned`, `user_state`, `invalid_input`
 */
export async function addGrant(ctx: Ctx, userId: string, input: GrantInput): Promise<Grants> {
  const user = await findGoverned(ctx, { action: 'grant.add', userId, stepUp: true })
  await mutate(ctx, {
    action: 'grant.add',
    permission: 'users:govern',
    target: userTarget(user),
    run: async (op) => {
      assertNotBanned(user.status)
      assertGrantable(user.role, input, op.startedAt)
      await assertScopeExists(ctx, input.scope)
      if ((await countGrants(ctx.db, userId)) >= grantLimit) {
        throw new AppError('user_state', {
          message: `A person can have ${grantLimit} rules.`,
          hint: 'Remove one first.',
        })
      }
      const { effect, scope, note, expiresAt } = input
      const permissions = [...new Set(input.permissions)].toSorted()
      const facts = {
        id: newId('grt', op.startedAt),
        userId,
        createdAt: op.startedAt,
        createdBy: getUserOrThrow(ctx).id,
      }
      const row: GrantRow = { ...facts, effect, permissions, scope, note, expiresAt }
      await op.commit([...expectGoverning(ctx.db, ctx.actor), ...insertGrant(ctx.db, row, user.role, grantLimit)], {
        after: snapshotOf(row),
      })
    },
  })
  await ctx.live.renew(userId)
  return listGrants(ctx, userId)
}

/** @throws AppError `forbidden`, `step_up_required`, `not_found` */
export async function removeGrant(ctx: Ctx, userId: string, grantId: string): Promise<Grants> {
  const user = await findGoverned(ctx, { action: 'grant.remove', userId, stepUp: true })
  const row = await selectGrant(ctx.db, userId, grantId)
  if (!row) throw notFound('Rule')
  await mutate(ctx, {
    action: 'grant.remove',
    permission: 'users:govern',
    target: userTarget(user),
    run: (op) =>
      op.commit([...expectGoverning(ctx.db, ctx.actor), ...deleteGrant(ctx.db, userId, grantId)], {
        before: snapshotOf(row),
      }),
  })
  await ctx.live.renew(userId)
  return listGrants(ctx, userId)
}

const snapshotOf = ({ id, effect, permissions, scope, note, expiresAt }: GrantRow) => ({
  grantId: id,
  effect,
  permissions: permissions.join(' '),
  scope: describeScope(scope),
  note,
  expiresAt: isoOrNull(expiresAt),
})

/** A rule about nothing would wait for something to take its name. */
async function assertScopeExists(ctx: Ctx, scope: Scope): Promise<void> {
  const unknown = (path: string) =>
    new AppError('invalid_input', { fields: [{ path, message: 'There is no such one.' }] })
  if (scope.kind === 'server' && !(await selectScopedServer(ctx.db, scope.serverId))) throw unknown('scope.serverId')
  const accountId = scope.kind === 'account' || scope.kind === 'labels' ? scope.accountId : null
  if (accountId !== null && !(await accountExists(ctx.db, accountId))) throw unknown('scope.accountId')
}
