import { sql, type SQL } from 'drizzle-orm'
import { coversEverything, type Reach } from '../kernel/reach.ts'
import { requirementsOf, type Scope } from '../kernel/scope.ts'
import { serverMetadata as m, servers as s } from './schema/index.ts'

/** A scope as the conditions that must all hold; null is no condition. */
const termOf = (scope: Scope) => ({
  server: scope.kind === 'server' ? scope.serverId : null,
  account: scope.kind === 'account' || scope.kind === 'labels' ? scope.accountId : null,
  project: scope.kind === 'project' ? scope.project : null,
  environment: scope.kind === 'project' ? scope.environment : null,
  labels: scope.kind === 'labels' ? requirementsOf(scope.selector) : [],
})

/**
 * `covers(reach, server)` in SQL, for queries over `servers` left-joined with `server_metadata`: undefined where nothing
 * is left out. Every layer is one bound parameter, however many rules there are, and nothing becomes SQL text.
 */
export function withinReach(reach: Reach): SQL | undefined {
  if (coversEverything(reach)) return undefined
  const layers = reach.map(({ allow, deny }) =>
    deny.length === 0 ? someHolds(allow) : sql`(${someHolds(allow)} AND NOT ${someHolds(deny)})`,
  )
  return sql.join(layers, sql` AND `)
}

function someHolds(scopes: readonly Scope[]): SQL {
  if (scopes.length === 0) return sql`0`
  if (scopes.some((scope) => scope.kind === 'everything')) return sql`1`
  const valueOf = sql`(l.value IN (SELECT value FROM json_each(r.value, '$.values')))`
  const label = (condition: SQL) =>
    sql`EXISTS (SELECT 1 FROM json_each(${s.labels}) AS l WHERE l.key = r.value ->> 'key' AND ${condition})`
  return sql`EXISTS (SELECT 1 FROM json_each(${JSON.stringify(scopes.map(termOf))}) AS t
    WHERE (t.value ->> 'server' IS NULL OR t.value ->> 'server' = ${s.id})
      AND (t.value ->> 'account' IS NULL OR t.value ->> 'account' = ${s.accountId})
      AND (t.value ->> 'project' IS NULL OR coalesce(t.value ->> 'project' = ${m.project}, 0))
      AND (t.value ->> 'environment' IS NULL OR coalesce(t.value ->> 'environment' = ${m.environment}, 0))
      AND NOT EXISTS (SELECT 1 FROM json_each(t.value, '$.labels') AS r
        WHERE NOT CASE r.value ->> 'op'
          WHEN 'exists' THEN ${label(sql`1`)}
          WHEN 'absent' THEN NOT ${label(sql`1`)}
          WHEN 'in' THEN ${label(valueOf)}
          ELSE NOT ${label(valueOf)} END))`
}
