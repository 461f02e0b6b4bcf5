import { eq, sql } from 'drizzle-orm'
import { schema, toAppError, type Db } from '../../db/index.ts'
import { readPrices } from './price-list.ts'
import type { Prices } from './rules.ts'

const { accounts: a, priceSnapshots: p } = schema

export type PricesByAccount = ReadonlyMap<string, Prices>

/**
 * The newest price list of every project, or of one: found by key, however many days are kept. The cross join keeps
 * the database from reading every day's list first.
 */
export const newestPrices = (db: Db, accountId?: string) =>
  db
    .select({ accountId: p.accountId, takenAt: p.takenAt, prices: p.prices })
    .from(a)
    .crossJoin(p)
    .where(
      sql`${p.accountId} = ${a.id} AND ${accountId === undefined ? sql`true` : eq(a.id, accountId)} AND ${p.day} = (
        SELECT max(newest.day) FROM price_snapshots AS newest WHERE newest.account_id = ${a.id})`,
    )

export function toPricesByAccount(rows: { accountId: string; takenAt: number; prices: string }[]): PricesByAccount {
  const byAccount = new Map<string, Prices>()
  for (const row of rows) {
    const prices = readPrices(row.prices, row.takenAt)
    if (prices) byAccount.set(row.accountId, prices)
  }
  return byAccount
}

export async function selectPrices(db: Db, accountId?: string): Promise<PricesByAccount> {
  try {
    return toPricesByAccount(await newestPrices(db, accountId))
  } catch (error) {
    throw toAppError(error)
  }
}
