import { createClient, type Client, type InValue, type ResultSet } from '@libsql/client/web'

/**
 * The part of D1's API that tests use to look at the database behind the application's back, on libSQL: so that the
 * same tests look at the database which the application really uses.
 */
export function libsqlAsD1(url: string, authToken: string): D1Database {
  const client = createClient({ url, authToken })
  return {
    prepare: (sql: string) => new Prepared(client, sql, []),
    batch: async (statements: Prepared[]) => {
      const results = await client.batch(
        statements.map(({ sql, args }) => ({ sql, args })),
        'write',
      )
      return results.map(toD1)
    },
    exec: (sql: string) => client.executeMultiple(sql),
  } as unknown as D1Database
}

class Prepared {
  readonly #client: Client
  readonly sql: string
  readonly args: InValue[]

  constructor(client: Client, sql: string, args: InValue[]) {
    this.#client = client
    this.sql = sql
    this.args = args
  }

  bind(...args: InValue[]): Prepared {
    return new Prepared(this.#client, this.sql, args)
  }

  async all() {
    return toD1(await this.#client.execute({ sql: this.sql, args: this.args }))
  }

  run() {
    return this.all()
  }

  async first(column?: string) {
    const row = (await this.all()).results[0] ?? null
    return column && row ? row[column] : row
  }

  async raw() {
    return (await this.all()).results.map((row) => Object.values(row))
  }
}

function toD1(result: ResultSet) {
  const results = result.rows.map((row) => Object.fromEntries(result.columns.map((name, i) => [name, row[i]])))
  return { success: true, results, meta: { changes: result.rowsAffected, rows_written: result.rowsAffected } }
}
