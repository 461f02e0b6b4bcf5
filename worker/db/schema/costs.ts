import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** The provider's price list as it was on a day (P6). */
export const priceSnapshots = sqliteTable(
  'price_snapshots',
  {
    accountId: text('account_id').notNull(),
    /** YYYY-MM-DD, UTC */
    day: text('day').notNull(),
    takenAt: integer('taken_at').notNull(),
    currency: text('currency').notNull(),
    vatRate: text('vat_rate').notNull(),
    digest: text('digest').notNull(),
    /** The mapped price list: provider/provider.ts PriceList as JSON. */
    prices: text('prices').notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.day] })],
)

/** What each server's list price came to on a day; groups are kept as they were that day. */
export const costSnapshots = sqliteTable(
  'cost_snapshots',
  {
    day: text('day').notNull(),
    serverId: text('server_id').notNull(),
    accountId: text('account_id').notNull(),
    name: text('name').notNull(),
    project: text('project'),
    environment: text('environment'),
    location: text('location').notNull(),
    status: text('status').notNull(),
    currency: text('currency').notNull(),
    /** Decimal strings, net: the month's estimate, and what was due from the month's start to this day. */
    monthlyNet: text('monthly_net').notNull(),
    monthToDateNet: text('month_to_date_net').notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.serverId] })],
)
