import { sql } from 'drizzle-orm'
import { schema, toAppError, type Db } from '../../db/index.ts'
import { readPrices } from './price-list.ts'
import type { Prices } from './rules.ts'

const { priceSnapshots: p } = schema

export type PricesByAccount = ReadonlyMap<string, Prices>

/** The newest price list of every project, or of one. */
export const newestPrices = (db: Db, accountId?: string) =>
  db
    .select({ accountId: p.accountId, takenAt: p.takenAt, prices: p.prices })
    .from(p)
    .where(
      sql`${accountId === undefined ? sql`true` : sql`${p.accountId} = ${accountId}`} AND ${p.day} = (
        SELECT max(newest.day) FROM price_snapshots AS newest WHERE newest.account_id = ${p.accountId})`,
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
