import { and, desc, eq, gte, lt, lte, or, sql } from 'drizzle-orm'
import { schema, toAppError, type Db } from '../../db/index.ts'
import { newId } from '../../kernel/id.ts'
import { decodeCursor, notOurCursor, toPage, type Page } from '../../kernel/page.ts'
import type { ProviderFailure } from '../../provider/provider.ts'
import type { ProviderLogFilter } from './schemas.ts'

const { providerLog } = schema
type Row = typeof providerLog.$inferSelect

const maxDetail = 500
/** What is as long and as plain as a token is not written down, whoever sent it. */
const redact = (text: string) => text.replace(/[A-Za-z0-9]{64,}/g, '[redacted]').slice(0, maxDetail)

export async function insertFailure(db: Db, failure: ProviderFailure): Promise<void> {
  const { accountId, kind, facts, attempt, durationMs, requestId, at } = failure
  const { method, path, status, providerCode, correlationId, detail } = facts
  await db.insert(providerLog).values({
    id: newId('plg', at),
    at,
    accountId,
    kind,
    method,
    path: redact(path),
    status,
    providerCode: providerCode === null ? null : redact(providerCode),
    detail: redact(detail),
    attempt,
    durationMs: Math.round(durationMs),
    requestId,
    correlationId,
  })
}

/** Newest first. */
export async function selectFailures(db: Db, filter: ProviderLogFilter): Promise<Page<Row>> {
  const { accountId, kind, since, cursor, limit } = filter
  try {
    const rows = await db
      .select()
      .from(providerLog)
      .where(
        and(
          accountId === undefined ? undefined : eq(providerLog.accountId, accountId),
          kind === undefined ? undefined : eq(providerLog.kind, kind),
          since === undefined ? undefined : gte(providerLog.at, Date.parse(since)),
          cursor === undefined ? undefined : olderThan(cursor),
        ),
      )
      .orderBy(desc(providerLog.at), desc(providerLog.id))
      .limit(limit + 1)
    return toPage(rows, limit, (row) => [row.at, row.id])
  } catch (error) {
    throw toAppError(error)
  }
}

function olderThan(cursor: string) {
  const [at, id] = decodeCursor(cursor, 2)
  if (typeof at !== 'number' || typeof id !== 'string') throw notOurCursor()
  return and(lte(providerLog.at, at), or(lt(providerLog.at, at), lt(providerLog.id, id)))
}

/** Rows before `before`, and all but the newest `keep`. */
export async function deleteFailures(db: Db, before: number, keep: number): Promise<void> {
  const firstTooMany = sql`(SELECT at FROM provider_log ORDER BY at DESC LIMIT 1 OFFSET ${keep})`
  await db.delete(providerLog).where(or(lt(providerLog.at, before), sql`${providerLog.at} <= ${firstTooMany}`))
}
