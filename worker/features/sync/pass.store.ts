import { and, eq, getTableColumns, isNull, lte, sql, type SQL } from 'drizzle-orm'
import type { Ctx } from '../../context.ts'
import { schema, toAppError } from '../../db/index.ts'
import type { AccountState } from '../../db/schema/fleet.ts'
import type { AccountRow } from '../accounts/index.ts'
import type { PriceList } from '../../provider/provider.ts'
import { digest } from './digest.ts'
import { leaseMs } from './rules.ts'

const { accounts, priceSnapshots } = schema

/** An account as a pass begins with it, with all it needs to know in the same query. */
export interface LeasedAccount extends AccountRow {
  leaseHolder: string
  lastSyncStartedAt: number
  operationsRunning: boolean
  /** YYYY-MM-DD */
  latestPriceDay: string | null
  currency: string | null
}

// Raw text: RETURNING names no table in front of its columns, and these subqueries need one.
const latestPrice = (column: string) =>
  `(SELECT ${column} FROM price_snapshots AS p WHERE p.account_id = accounts.id ORDER BY p.day DESC LIMIT 1)`
const operationsRunning = `EXISTS (
  SELECT 1 FROM operations AS o WHERE o.account_id = accounts.id AND o.finished_at IS NULL
)`

async function lease(ctx: Ctx, holder: string, condition: SQL | undefined): Promise<LeasedAccount[]> {
  const now = ctx.clock.now()
  const free = and(isNull(accounts.removedAt), isNull(accounts.pausedAt), lte(accounts.leaseUntil, now), condition)
  try {
    const rows = await ctx.db
      .update(accounts)
      .set({ leaseHolder: holder, leaseUntil: now + leaseMs, lastSyncStartedAt: now })
      .where(free)
      .returning({
        ...getTableColumns(accounts),
        operationsRunning: sql.raw(operationsRunning).mapWith(Boolean) as SQL<boolean>,
        latestPriceDay: sql.raw(latestPrice('p.day')) as SQL<string | null>,
        currency: sql.raw(latestPrice('p.currency')) as SQL<string | null>,
      })
    return rows as LeasedAccount[]
  } catch (error) {
    throw toAppError(error)
  }
}

/** The account for one pass, or null while another pass has it, or it is paused or removed. */
export async function leaseAccount(ctx: Ctx, accountId: string, holder: string): Promise<LeasedAccount | null> {
  const [row] = await lease(ctx, holder, eq(accounts.id, accountId))
  return row ?? null
}

/** The accounts that have waited longest of those due until `dueBy`, in one query. */
export const leaseDueAccounts = (ctx: Ctx, holder: string, dueBy: number, limit: number): Promise<LeasedAccount[]> =>
  lease(
    ctx,
    holder,
    sql`accounts.id IN (
      SELECT id FROM accounts
      WHERE removed_at IS NULL AND paused_at IS NULL AND lease_until <= ${ctx.clock.now()} AND next_sync_at <= ${dueBy}
      ORDER BY next_sync_at LIMIT ${limit}
    )`,
  )

export interface PassEnd {
  state: AccountState
  stateDetail: string | null
  /** Present only after a complete pass. */
  complete: { at: number; changed: number } | null
  unchangedPasses: number
  intervalMs: number
  nextSyncAt: number
}

/** The one bookkeeping row of a pass; gives the lease back. @returns false when the lease was lost, and nothing written */
export async function endPass(ctx: Ctx, account: LeasedAccount, end: PassEnd): Promise<boolean> {
  const mine = and(eq(accounts.id, account.id), eq(accounts.leaseHolder, account.leaseHolder))
  const changes = {
    state: end.state,
    stateDetail: end.stateDetail,
    stateSince: sql`CASE WHEN state = ${end.state} THEN state_since ELSE ${ctx.clock.now()} END`,
    ...(end.complete ? { lastSyncAt: end.complete.at, lastSyncChanged: end.complete.changed } : {}),
    unchangedPasses: end.unchangedPasses,
    syncIntervalMs: end.intervalMs,
    nextSyncAt: end.nextSyncAt,
    leaseHolder: null,
    leaseUntil: 0,
  }
  try {
    const rows = await ctx.db.update(accounts).set(changes).where(mine).returning({ id: accounts.id })
    return rows.length > 0
  } catch (error) {
    throw toAppError(error)
  }
}

/** Connected and not paused, by name. */
export async function findSyncable(ctx: Ctx): Promise<{ id: string; name: string }[]> {
  const active = and(isNull(accounts.removedAt), isNull(accounts.pausedAt))
  try {
    const columns = { id: accounts.id, name: accounts.name }
    return await ctx.db.select(columns).from(accounts).where(active).orderBy(accounts.name).all()
  } catch (error) {
    throw toAppError(error)
  }
}

/** One row an account and day; written again only where the day's prices turn out to differ. */
export async function savePrices(ctx: Ctx, accountId: string, day: string, prices: PriceList): Promise<void> {
  const text = JSON.stringify(prices)
  const row = {
    accountId,
    day,
    takenAt: ctx.clock.now(),
    currency: prices.currency,
    vatRate: prices.vatRate,
    digest: digest(text),
    prices: text,
  }
  const { takenAt, currency, vatRate } = row
  try {
    await ctx.db
      .insert(priceSnapshots)
      .values(row)
      .onConflictDoUpdate({
        target: [priceSnapshots.accountId, priceSnapshots.day],
        set: { takenAt, currency, vatRate, digest: row.digest, prices: text },
        setWhere: sql`price_snapshots.digest IS NOT excluded.digest`,
      })
  } catch (error) {
    throw toAppError(error)
  }
}
