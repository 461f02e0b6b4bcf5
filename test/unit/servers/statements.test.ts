import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Ctx } from '../../../worker/context.ts'
import { createDb } from '../../../worker/db/index.ts'
import { findKnownServers } from '../../../worker/features/accounts/account.store.ts'
import { selectAudit, selectAuditFacets } from '../../../worker/features/audit/audit-list.store.ts'
import { listAuditInput } from '../../../worker/features/audit/schemas.ts'
import { selectFleetCosts } from '../../../worker/features/costs/cost.store.ts'
import { listServersInput } from '../../../worker/features/servers/inputs.ts'
import { serverSorts } from '../../../worker/features/servers/rules.ts'
import { selectServers } from '../../../worker/features/servers/server-list.store.ts'
import { selectSummary } from '../../../worker/features/servers/server-summary.store.ts'
import { selectServerDetail } from '../../../worker/features/servers/server.store.ts'
import type { Reach } from '../../../worker/kernel/reach.ts'

interface Sent {
  sql: string
  values: SQLInputValue[]
}

const migrations = join(import.meta.dirname, '../../../migrations')
const sqlite = new DatabaseSync(':memory:')
for (const file of readdirSync(migrations).toSorted()) sqlite.exec(readFileSync(join(migrations, file), 'utf8'))

let [batched, single]: [Sent[], Sent[]] = [[], []]
beforeEach(() => {
  ;[batched, single] = [[], []]
})

/** A D1 without a row in it, which keeps what it was sent. */
const prepare = (sql: string, values: SQLInputValue[] = []): Sent & Record<string, unknown> => ({
  sql,
  values,
  bind: (...given: SQLInputValue[]) => prepare(sql, given),
  raw: async () => {
    single.push({ sql, values })
    return []
  },
})
const d1 = {
  prepare: (sql: string) => prepare(sql),
  batch: async (statements: Sent[]) => {
    batched.push(...statements)
    return statements.map(() => ({ success: true, results: [], meta: {} }))
  },
}
const db = createDb(d1 as unknown as D1Database, null)

/** Rules of every kind, so that what they become in SQL is in the statements. */
const narrow: Reach = [
  {
    allow: [
      { kind: 'server', serverId: 'srv_x' },
      { kind: 'labels', selector: 'env=prod,!old', accountId: null },
    ],
    deny: [{ kind: 'project', project: 'p', environment: 'e' }],
  },
]

const columnsOf = ({ sql }: Sent) =>
  sqlite
    .prepare(sql)
    .columns()
    .map((column) => column.name)
const planOf = ({ sql, values }: Sent) =>
  sqlite
    .prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .all(...values)
    .map((row) => String(row.detail))

describe('D1 answers a batch with objects, so every column of a batched select has a name of its own', () => {
  it.each<[string, () => Promise<unknown>]>([
    ...serverSorts.map((sort): [string, () => Promise<unknown>] => [
      `servers by ${sort}`,
      () => selectServers(db, listServersInput.parse({ sort, q: 'a', tag: 'b', label: 'c' }), narrow, narrow),
    ]),
    ['one server', () => selectServerDetail(db, 'srv_x')],
    ['the fleet in numbers', () => selectSummary(db, narrow)],
    ['costs of the fleet', () => selectFleetCosts(db, 0, narrow)],
    ['what activity can be filtered by', () => selectAuditFacets(db)],
    ['known servers of a project', () => findKnownServers({ db } as unknown as Ctx, 'acc_x', ['1'])],
  ])('%s', async (_name, select) => {
    await select()
    expect(batched.length).toBeGreaterThan(1)
    for (const statement of batched) {
      const names = columnsOf(statement)
      expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
    }
  })
})

describe('a page of activity reads what it shows: found newest first in an index, never sorted as a whole', () => {
  const filters = [{}, { actorId: 'usr_x' }, { action: 'server.stop' }, { targetType: 'server', targetId: 'srv_x' }]
  const views = ['operations', 'rows'] as const
  const cases = views.flatMap((view) => filters.map((filter): [string, object] => [view, filter]))
  it.each<[string, object]>([...cases, ['rows', { phase: 'succeeded' }]])('%s with %j', async (view, filter) => {
    await selectAudit(db, listAuditInput.parse({ view, ...filter }))
    const [statement] = single
    if (!statement) throw new Error('nothing was sent')
    expect(planOf(statement).filter((step) => step.includes('TEMP B-TREE'))).toEqual([])
  })
})
