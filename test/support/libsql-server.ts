import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'

/**
 * A libSQL server for tests: the Hrana 2 pipeline over HTTP on Node's own SQLite, as much of it as @libsql/client/web
 * speaks (execute, batch with conditions, sequence, stored SQL). No package offers one.
 * `POST /reset` starts over with the project's migrations: each test file has a database of its own.
 */
export async function startLibsqlServer(migrations: string, token: string): Promise<{ url: string; close(): void }> {
  let db = migrated(migrations)
  const server: Server = createServer((request, response) => {
    void read(request).then((text) => {
      if (request.headers.authorization !== `Bearer ${token}`)
        return void response.writeHead(401).end('{"error":"unauthorized"}')
      if (request.url === '/reset') {
        db.close()
        db = migrated(migrations)
        return void response.end('{}')
      }
      if (request.url !== '/v2/pipeline') return void response.writeHead(404).end()
      const { requests } = JSON.parse(text) as { requests: HranaRequest[] }
      const results = new Pipeline(db).run(requests)
      response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ baton: null, base_url: null, results }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => void (server.close(), server.closeAllConnections()),
  }
}

type Value =
  | { type: 'null' }
  | { type: 'integer' | 'text'; value: string }
  | { type: 'float'; value: number }
  | { type: 'blob'; base64: string }
interface Stmt {
  sql?: string
  sql_id?: number
  args?: Value[]
  named_args?: { name: string; value: Value }[]
}
type Condition =
  | { type: 'ok' | 'error'; step: number }
  | { type: 'not'; cond: Condition }
  | { type: 'and' | 'or'; conds: Condition[] }
  | { type: 'is_autocommit' }
type HranaRequest =
  | { type: 'execute'; stmt: Stmt }
  | { type: 'batch'; batch: { steps: { stmt: Stmt; condition?: Condition | null }[] } }
  | { type: 'sequence'; sql?: string; sql_id?: number }
  | { type: 'store_sql'; sql_id: number; sql: string }
  | { type: 'close_sql'; sql_id: number }
  | { type: 'close' | 'get_autocommit' }

interface HranaError {
  message: string
  code: string
}

class Pipeline {
  readonly #stored = new Map<number, string>()
  readonly #db: DatabaseSync

  constructor(db: DatabaseSync) {
    this.#db = db
  }

  run(requests: HranaRequest[]) {
    return requests.map((request) => {
      try {
        return { type: 'ok', response: { type: request.type, ...this.#answer(request) } }
      } catch (error) {
        return { type: 'error', error: toHranaError(error) }
      }
    })
  }

  #answer(request: HranaRequest): object {
    switch (request.type) {
      case 'execute':
        return { result: this.#execute(request.stmt) }
      case 'batch':
        return { result: this.#batch(request.batch.steps) }
      case 'sequence':
        this.#db.exec(request.sql ?? this.#sql(request))
        return {}
      case 'store_sql':
        this.#stored.set(request.sql_id, request.sql)
        return {}
      case 'close_sql':
        this.#stored.delete(request.sql_id)
        return {}
      case 'get_autocommit':
        return { is_autocommit: !this.#db.isTransaction }
      case 'close':
        return {}
    }
  }

  #execute(stmt: Stmt) {
    const statement = this.#db.prepare(this.#sql(stmt))
    const columns = statement.columns()
    const rows = columns.length > 0 ? readRows(statement, stmt) : (bind(statement, stmt), [])
    const { changes, id } = this.#db.prepare('SELECT changes() AS changes, last_insert_rowid() AS id').get() as {
      changes: number
      id: number
    }
    return {
      cols: columns.map((column) => ({ name: column.name, decltype: column.type })),
      rows,
      affected_row_count: changes,
      last_insert_rowid: String(id),
    }
  }

  #batch(steps: { stmt: Stmt; condition?: Condition | null }[]) {
    const results: (object | null)[] = []
    const errors: (HranaError | null)[] = []
    for (const { stmt, condition } of steps) {
      if (condition && !this.#holds(condition, results, errors)) {
        results.push(null)
        errors.push(null)
        continue
      }
      try {
        results.push(this.#execute(stmt))
        errors.push(null)
      } catch (error) {
        results.push(null)
        errors.push(toHranaError(error))
      }
    }
    return { step_results: results, step_errors: errors }
  }

  #holds(condition: Condition, results: unknown[], errors: unknown[]): boolean {
    switch (condition.type) {
      case 'ok':
        return results[condition.step] !== null
      case 'error':
        return errors[condition.step] !== null
      case 'not':
        return !this.#holds(condition.cond, results, errors)
      case 'and':
        return condition.conds.every((part) => this.#holds(part, results, errors))
      case 'or':
        return condition.conds.some((part) => this.#holds(part, results, errors))
      case 'is_autocommit':
        return !this.#db.isTransaction
    }
  }

  #sql({ sql, sql_id }: { sql?: string; sql_id?: number }): string {
    const text = sql ?? this.#stored.get(sql_id ?? -1)
    if (text === undefined) throw new Error('no such stored SQL')
    return text
  }
}

const inputs = (stmt: Stmt): SQLInputValue[] => (stmt.args ?? []).map(toSqlite)

function readRows(statement: StatementSync, stmt: Stmt): Value[][] {
  statement.setReturnArrays(true)
  const rows = named(stmt) ? statement.all(named(stmt)!) : statement.all(...inputs(stmt))
  return (rows as unknown as unknown[][]).map((row) => row.map(toHrana))
}

function bind(statement: StatementSync, stmt: Stmt): void {
  if (named(stmt)) statement.run(named(stmt)!)
  else statement.run(...inputs(stmt))
}

const named = (stmt: Stmt) =>
  stmt.named_args?.length ? Object.fromEntries(stmt.named_args.map((arg) => [arg.name, toSqlite(arg.value)])) : null

function toSqlite(value: Value): SQLInputValue {
  switch (value.type) {
    case 'null':
      return null
    case 'integer':
      return BigInt(value.value)
    case 'float':
    case 'text':
      return value.value
    case 'blob':
      return Buffer.from(value.base64, 'base64')
  }
}

function toHrana(value: unknown): Value {
  if (value === null || value === undefined) return { type: 'null' }
  if (typeof value === 'number') {
    return Number.isInteger(value) ? { type: 'integer', value: String(value) } : { type: 'float', value }
  }
  if (typeof value === 'bigint') return { type: 'integer', value: String(value) }
  if (typeof value === 'string') return { type: 'text', value }
  return { type: 'blob', base64: Buffer.from(value as Uint8Array).toString('base64') }
}

const toHranaError = (error: unknown): HranaError => ({ message: (error as Error).message, code: 'SQLITE_ERROR' })

function migrated(folder: string): DatabaseSync {
  const db = new DatabaseSync(':memory:')
  for (const file of readdirSync(folder).toSorted()) db.exec(readFileSync(`${folder}/${file}`, 'utf8'))
  return db
}

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}
