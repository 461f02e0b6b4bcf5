import { and, gte, lt, sql } from 'drizzle-orm'
import type { Ctx } from '../../context.ts'
import { batch, schema, toAppError, type Db, type Statement } from '../../db/index.ts'

const { operations, seenProviderActions: seen } = schema

export type OwnOperation = Pick<
  typeof operations.$inferSelect,
  'providerActionId' | 'serverId' | 'action' | 'command' | 'startedAt'
>

const among = (values: readonly string[]) => sql`(SELECT value FROM json_each(${JSON.stringify(values)}))`

/** What WebNova itself has done on these servers since then. */
export async function findOwnOperations(
  ctx: Ctx,
  serverIds: readonly string[],
  since: number,
): Promise<OwnOperation[]> {
  const { providerActionId, serverId, action, command, startedAt } = operations
  const condition = and(sql`${serverId} IN ${among(serverIds)}`, gte(startedAt, since))
  try {
    return await ctx.db
      .select({ providerActionId, serverId, action, command, startedAt })
      .from(operations)
      .where(condition)
      .all()
  } catch (error) {
    throw toAppError(error)
  }
}

export async function findSeen(ctx: Ctx, ids: readonly string[]): Promise<Set<string>> {
  try {
    const rows = await ctx.db
      .select({ id: seen.id })
      .from(seen)
      .where(sql`${seen.id} IN ${among(ids)}`)
      .all()
    return new Set(rows.map((row) => row.id))
  } catch (error) {
    throw toAppError(error)
  }
}

/** Fails on an id that is there already, and with it the batch it stands in: flagged once, whoever is first. */
export const insertSeen = (db: Db, id: string, accountId: string, seenAt: number): Statement =>
  db.insert(seen).values({ id, accountId, seenAt })

/** Of actions that one of ours began: seen before anybody could take them for somebody else's. */
export const noteOwnActions = (ctx: Ctx, accountId: string, providerActionIds: readonly string[]): Statement[] =>
  providerActionIds.map((id) =>
    ctx.db
      .insert(seen)
      .values({ id: `${accountId}:${id}`, accountId, seenAt: ctx.clock.now() })
      .onConflictDoNothing(),
  )

/** Nobody's doing: not to be looked at again. */
export async function forgetActions(ctx: Ctx, accountId: string, providerActionIds: readonly string[]): Promise<void> {
  if (providerActionIds.length === 0) return
  await batch(ctx.db, noteOwnActions(ctx, accountId, providerActionIds)).catch((error: unknown) => {
    throw toAppError(error)
  })
}

export const isAlreadySeenColumn = 'seen_provider_actions.id'

export async function deleteSeenBefore(ctx: Ctx, before: number): Promise<void> {
  await ctx.db.delete(seen).where(lt(seen.seenAt, before))
}
