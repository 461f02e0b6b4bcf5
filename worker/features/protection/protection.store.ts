import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lt, lte, or, sql } from 'drizzle-orm'
import { chunk, expectChanged, schema, toAppError, type Db, type Statement } from '../../db/index.ts'
import { decodeCursor, notOurCursor, toPage, type Page } from '../../kernel/page.ts'
import type { AlertKind } from '../../kernel/protection.ts'

const { alerts, protectionSettings, sessions, userCountries } = schema

export type AlertRow = typeof alerts.$inferSelect
export type SettingsRow = typeof protectionSettings.$inferSelect
export type CountryRow = typeof userCountries.$inferSelect

const unavailable = (error: unknown): never => {
  throw toAppError(error)
}

export async function selectSettings(db: Db): Promise<SettingsRow | undefined> {
  const [row] = await db.select().from(protectionSettings).where(eq(protectionSettings.id, 1)).catch(unavailable)
  return row
}

/** Only from the version that was read: two owners at once do not overwrite each other. */
export const updateSettings = (
  db: Db,
  version: number,
  changes: Pick<SettingsRow, 'rules' | 'ownerAllowlist' | 'tellOutside' | 'updatedAt' | 'updatedBy'>,
): Statement[] => [
  db
    .update(protectionSettings)
    .set({ ...changes, version: version + 1 })
    .where(and(eq(protectionSettings.id, 1), eq(protectionSettings.version, version))),
  expectChanged(db),
]

export const insertAlert = (db: Db, row: AlertRow): Statement => db.insert(alerts).values(row)

/** Whether owners were told of this kind about this person since. */
export async function wasTold(db: Db, kind: AlertKind, userId: string, since: number): Promise<boolean> {
  const rows = await db
    .select({ id: alerts.id })
    .from(alerts)
    .where(and(eq(alerts.kind, kind), eq(alerts.userId, userId), gt(alerts.at, since)))
    .limit(1)
    .catch(unavailable)
  return rows.length > 0
}

/** Whether owners were told of this project since, and have not looked yet. */
export async function isUnreadOutside(db: Db, accountId: string, since: number): Promise<boolean> {
  const rows = await db
    .select({ id: alerts.id })
    .from(alerts)
    .where(
      and(
        eq(alerts.kind, 'outside_change'),
        isNull(alerts.userId),
        gt(alerts.at, since),
        isNull(alerts.readAt),
        sql`${alerts.facts} ->> 'accountId' = ${accountId}`,
      ),
    )
    .limit(1)
    .catch(unavailable)
  return rows.length > 0
}

/** Newest first. */
export async function selectAlerts(
  db: Db,
  filter: { unread: boolean; cursor?: string | undefined; limit: number },
): Promise<Page<AlertRow>> {
  const rows = await db
    .select()
    .from(alerts)
    .where(
      and(
        filter.unread ? isNull(alerts.readAt) : undefined,
        filter.cursor === undefined ? undefined : olderThan(filter.cursor),
      ),
    )
    .orderBy(desc(alerts.at), desc(alerts.id))
    .limit(filter.limit + 1)
    .catch(unavailable)
  return toPage(rows, filter.limit, (row) => [row.at, row.id])
}

function olderThan(cursor: string) {
  const [at, id] = decodeCursor(cursor, 2)
  if (typeof at !== 'number' || typeof id !== 'string') throw notOurCursor()
  return and(lte(alerts.at, at), or(lt(alerts.at, at), lt(alerts.id, id)))
}

export async function selectAlert(db: Db, alertId: string): Promise<AlertRow | undefined> {
  const [row] = await db.select().from(alerts).where(eq(alerts.id, alertId)).catch(unavailable)
  return row
}

export async function countUnread(db: Db): Promise<number> {
  const [row] = await db
    .select({ n: sql<number>`count(*)` })
    .from(alerts)
    .where(isNull(alerts.readAt))
    .catch(unavailable)
  return row?.n ?? 0
}

/** The first to read it stays on record. */
export const markRead = (db: Db, alertId: string, by: string, now: number): Statement =>
  db
    .update(alerts)
    .set({ readAt: now, readBy: by })
    .where(and(eq(alerts.id, alertId), isNull(alerts.readAt)))

/** Not those that arrived after this moment: nobody has seen them. */
export const markAllRead = (db: Db, by: string, now: number): Statement =>
  db
    .update(alerts)
    .set({ readAt: now, readBy: by })
    .where(and(isNull(alerts.readAt), lte(alerts.at, now)))

/** Acknowledged ones from before, a bounded number a call. */
export async function deleteReadAlerts(db: Db, before: number, limit: number): Promise<number> {
  const old = and(isNotNull(alerts.readAt), lt(alerts.at, before))
  const rows = await db.select({ id: alerts.id }).from(alerts).where(old).limit(limit).catch(unavailable)
  for (const part of chunk(rows)) {
    await db.delete(alerts).where(
      inArray(
        alerts.id,
        part.map((row) => row.id),
      ),
    )
  }
  return rows.length
}

export const selectCountries = (db: Db, userId: string): Promise<CountryRow[]> =>
  db
    .select()
    .from(userCountries)
    .where(eq(userCountries.userId, userId))
    .orderBy(asc(userCountries.firstSeenAt), asc(userCountries.country))
    .catch(unavailable)

/** Where and when any session of this person was seen last. */
export async function selectLastSighting(db: Db, userId: string): Promise<{ country: string; at: number } | null> {
  const [row] = await db
    .select({ country: sessions.country, at: sessions.lastSeenAt })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isNotNull(sessions.country)))
    .orderBy(desc(sessions.lastSeenAt))
    .limit(1)
    .catch(unavailable)
  return row?.country ? { country: row.country, at: row.at } : null
}

/** A person's very first country is the one they are at home in. */
export const noteCountry = (db: Db, userId: string, country: string, now: number): Statement =>
  db
    .insert(userCountries)
    .values({
      userId,
      country,
      firstSeenAt: now,
      lastSeenAt: now,
      confirmedAt: sql`(SELECT ${now} WHERE NOT EXISTS (SELECT 1 FROM user_countries AS other WHERE other.user_id = ${userId}))`,
    })
    .onConflictDoUpdate({ target: [userCountries.userId, userCountries.country], set: { lastSeenAt: now } })

export const confirmCountry = (db: Db, userId: string, country: string, now: number): Statement =>
  db
    .insert(userCountries)
    .values({ userId, country, firstSeenAt: now, lastSeenAt: now, confirmedAt: now })
    .onConflictDoUpdate({ target: [userCountries.userId, userCountries.country], set: { confirmedAt: now } })

export const forgetCountry = (db: Db, userId: string, country: string): Statement[] => [
  db
    .update(userCountries)
    .set({ confirmedAt: null })
    .where(
      and(eq(userCountries.userId, userId), eq(userCountries.country, country), isNotNull(userCountries.confirmedAt)),
    ),
  expectChanged(db),
]

export const moveSession = (db: Db, sessionId: string, country: string, now: number): Statement =>
  db.update(sessions).set({ country, lastSeenAt: now }).where(eq(sessions.id, sessionId))

export async function countReusedFamilies(db: Db, userId: string, since: number): Promise<number> {
  const [row] = await db
    .select({ n: sql<number>`count(*)` })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), eq(sessions.revokedReason, 'refresh_reuse'), gt(sessions.revokedAt, since)))
    .catch(unavailable)
  return row?.n ?? 0
}
