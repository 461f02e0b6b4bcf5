import { createClient, type InValue } from '@libsql/client/web'
import { env } from 'cloudflare:workers'

const libsql = env.LIBSQL_URL ? createClient({ url: env.LIBSQL_URL, authToken: env.LIBSQL_TOKEN ?? '' }) : null

/** Rows of a query of the test's own, from the database that this run uses: D1, or libSQL over HTTP. */
export async function queryAll<T>(sql: string, ...values: unknown[]): Promise<T[]> {
  if (!libsql) {
    const { results } = await env.DB.prepare(sql)
      .bind(...values)
      .all<T>()
    return results
  }
  const { columns, rows } = await libsql.execute({ sql, args: values as InValue[] })
  return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]])) as T)
}

export async function queryFirst<T>(sql: string, ...values: unknown[]): Promise<T | null> {
  return (await queryAll<T>(sql, ...values))[0] ?? null
}

export async function execute(sql: string, ...values: unknown[]): Promise<void> {
  await queryAll(sql, ...values)
}
