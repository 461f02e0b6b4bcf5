import { and, eq, isNotNull, isNull, or, sql, type SQL } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { schema } from '../../db/index.ts'
import type { ServerFilter } from './inputs.ts'
import { normaliseTags, unreadableStates } from './rules.ts'

const { servers: s, serverMetadata: m } = schema

/**
 * What a filter means in SQL. Every list of values is one bound parameter (`json_each`), so that no filter can reach
 * D1's limit of 100; nothing a caller sends becomes SQL text.
 */
export function matchesFilter(filter: ServerFilter): SQL | undefined {
  return and(
    filter.deleted === 'true' ? isNotNull(s.deletedAt) : present,
    isOneOf(s.id, filter.id),
    isOneOf(s.status, filter.status),
    isOneOf(s.accountId, filter.accountId),
    isOneOf(s.location, filter.location),
    isOneOf(s.typeName, filter.type),
    isOneOf(sql`coalesce(${m.project}, '')`, filter.project),
    isOneOf(sql`coalesce(${m.environment}, '')`, filter.environment),
    hasTags(filter.tag),
    hasLabels(filter.label),
    filter.attention === 'true' ? needsAttention : undefined,
    filter.q ? contains(filter.q) : undefined,
  )
}

/** Still there: what lists and counts are about. Disconnecting a project ends its servers, too. */
export const present = isNull(s.deletedAt)

/** The same reasons as `attentionOf` in rules.ts. */
const needsAttention = or(
  sql`${s.status} IN ('off', 'unknown')`,
  isNotNull(s.typeDeprecatedAt),
  eq(s.rescue, true),
  sql`${s.accountId} IN (SELECT id FROM accounts WHERE state IN ${valuesOf(unreadableStates)})`,
)

function isOneOf(value: SQLiteColumn | SQL, wanted: readonly string[] | undefined): SQL | undefined {
  return wanted && wanted.length > 0 ? sql`${value} IN ${valuesOf(wanted)}` : undefined
}

function valuesOf(values: readonly string[]): SQL {
  return sql`(SELECT value FROM json_each(${JSON.stringify(values)}))`
}

function hasTags(wanted: readonly string[] | undefined): SQL | undefined {
  const tags = normaliseTags(wanted ?? [])
  if (tags.length === 0) return undefined
  return sql`NOT EXISTS (SELECT 1 FROM json_each(${JSON.stringify(tags)}) AS wanted
    WHERE wanted.value NOT IN (SELECT value FROM json_each(${m.tags})))`
}

/** `key` asks for the key alone, `key=value` for both. */
function hasLabels(wanted: readonly string[] | undefined): SQL | undefined {
  if (!wanted || wanted.length === 0) return undefined
  const pairs = wanted.map((text) => {
    const at = text.indexOf('=')
    return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)]
  })
  return sql`NOT EXISTS (SELECT 1 FROM json_each(${JSON.stringify(pairs)}) AS wanted
    WHERE NOT EXISTS (SELECT 1 FROM json_each(${s.labels}) AS label
      WHERE label.key = wanted.value ->> 0 AND (wanted.value ->> 1 IS NULL OR label.value = wanted.value ->> 1)))`
}

/**
 * `instr` instead of LIKE: `%` and `_` are ordinary characters, and D1's limit of 50 bytes for a LIKE pattern does
 * not apply. Letters A–Z match in either case.
 */
function contains(text: string): SQL | undefined {
  const within = (value: SQLiteColumn | SQL) => sql`instr(lower(${value}), lower(${text})) > 0`
  const looksLikeAddress = /^[0-9a-f.:/]+$/i.test(text)
  return or(
    within(s.name),
    within(m.displayName),
    looksLikeAddress ? or(within(s.ipv4), within(s.ipv6), within(s.privateIps)) : undefined,
    eq(s.id, text),
    eq(s.providerId, text),
    sql`EXISTS (SELECT 1 FROM json_each(${m.tags}) AS tag WHERE ${within(sql`tag.value`)})`,
    sql`EXISTS (SELECT 1 FROM json_each(${s.labels}) AS label WHERE ${within(sql`label.key || '=' || label.value`)})`,
  )
}
