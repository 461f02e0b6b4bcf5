import { and, eq, gte, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import type { Ctx } from '../../../context.ts'
import { batch, schema, toAppError, type Db, type Statement } from '../../../db/index.ts'

const { accounts, auditLog, operations, seenProviderActions: seen } = schema

import type { AccountRow } from '../../accounts/index.ts'

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

/** Projects that can be asked about what happened in them. */
export async function findLookable(ctx: Ctx): Promise<AccountRow[]> {
  const condition = and(
    isNull(accounts.removedAt),
    isNull(accounts.pausedAt),
    isNotNull(accounts.lastSyncAt),
    inArray(accounts.state, ['ok', 'partial']),
  )
  try {
    return await ctx.db.select().from(accounts).where(condition).orderBy(accounts.id).all()
  } catch (error) {
    throw toAppError(error)
  }
}

export interface LostAct {
  targetId: string
  at: number
}

/** What WebNova itself has done to these resources of the project since then without learning what became of it. */
export async function findLostActs(
  ctx: Ctx,
  accountId: string,
  targetIds: readonly string[],
  since: number,
): Promise<LostAct[]> {
  const condition = and(
    eq(auditLog.targetType, 'resource'),
    sql`${auditLog.targetId} IN ${among(targetIds)}`,
    gte(auditLog.at, since),
    eq(auditLog.phase, 'unknown'),
    sql`EXISTS (SELECT 1 FROM audit_log AS o WHERE o.operation_id = audit_log.operation_id
      AND o.phase = 'started' AND json_extract(o.after, '$.account') = ${accountId})`,
  )
  try {
    return await ctx.db.select({ targetId: auditLog.targetId, at: auditLog.at }).from(auditLog).where(condition).all()
  } catch (error) {
    throw toAppError(error)
  }
}
