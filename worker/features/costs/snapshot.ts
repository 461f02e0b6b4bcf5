import type { Ctx } from '../../context.ts'
import { batch, toAppError } from '../../db/index.ts'
import { days, iso } from '../../kernel/clock.ts'
import { selectPrices, type PricesByAccount } from './price.store.ts'
import { costOf, formatDecimal } from './rules.ts'
import { selectServersToSnapshot, upsertSnapshots, type CostSnapshot } from './snapshot.store.ts'

/** Rows of one statement: far under the limit for a bound string (DESIGN §14). */
const rowsPerStatement = 1_000

type ServerRow = Awaited<ReturnType<typeof selectServersToSnapshot>>[number]

/**
 * The daily record of what the fleet costs (P6): yesterday as it ended, today as it stands. Running it again writes
 * only what differs. A server without a known price is left out and counted in the log.
 */
export async function snapshotCosts(ctx: Ctx): Promise<{ written: number; unpriced: number }> {
  const now = ctx.clock.now()
  const midnight = now - (now % days(1))
  const moments = [
    { day: dayOf(midnight - 1), asOf: midnight - 1 },
    { day: dayOf(now), asOf: now },
  ]
  const prices = await selectPrices(ctx.db)
  let [afterId, written, unpriced] = ['', 0, 0]
  for (;;) {
    const servers = await selectServersToSnapshot(ctx.db, midnight - 1, afterId, rowsPerStatement)
    const perDay = moments.map(({ day, asOf }) => servers.flatMap((server) => toSnapshot(server, prices, day, asOf)))
    const statements = perDay.filter((rows) => rows.length > 0).map((rows) => upsertSnapshots(ctx.db, rows))
    try {
      await batch(ctx.db, statements)
    } catch (error) {
      throw toAppError(error)
    }
    written += perDay.reduce((total, rows) => total + rows.length, 0)
    unpriced += servers.filter((server) => priceOf(server, prices, now).monthly === null).length
    const last = servers.at(-1)
    if (!last || servers.length < rowsPerStatement) break
    afterId = last.id
  }
  ctx.log.info('costs.snapshot', { written, unpriced })
  return { written, unpriced }
}

export const dayOf = (at: number): string => iso(at).slice(0, 10)

const priceOf = (server: ServerRow, prices: PricesByAccount, asOf: number) =>
  costOf({ ...server, hasIpv4: server.ipv4 !== null }, prices.get(server.accountId) ?? null, asOf)

function toSnapshot(server: ServerRow, prices: PricesByAccount, day: string, asOf: number): CostSnapshot[] {
  const { monthly, monthToDate, currency } = priceOf(server, prices, asOf)
  if (!monthly || !monthToDate || currency === null || server.createdAt > asOf) return []
  return [
    {
      day,
      serverId: server.id,
      accountId: server.accountId,
      name: server.name,
      project: server.project,
      environment: server.environment,
      location: server.location,
      status: server.deletedAt !== null && server.deletedAt <= asOf ? 'deleted' : server.status,
      currency,
      monthlyNet: formatDecimal(monthly),
      monthToDateNet: formatDecimal(monthToDate),
    },
  ]
}
