import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { createDb } from '../../../worker/db/index.ts'
import { listAudit } from '../../../worker/features/audit/list.ts'
import { listAuditInput } from '../../../worker/features/audit/schemas.ts'
import { encodeCursor } from '../../../worker/kernel/page.ts'
import { testCtx } from '../../support/ctx.ts'

interface Asked {
  sql: string
  values: unknown[]
}

/** What a list asks the database, as it asks it. */
async function asked(query: object): Promise<Asked[]> {
  const list: Asked[] = []
  const counted = {
    prepare: (sql: string) => {
      const statement = env.DB.prepare(sql)
      return {
        bind: (...values: unknown[]) => {
          list.push({ sql, values })
          return statement.bind(...values)
        },
      }
    },
  }
  await listAudit({ ...testCtx(), db: createDb(counted as unknown as D1Database, null) }, listAuditInput.parse(query))
  return list
}

/** How the database goes about it, one step a line. */
async function planOf({ sql, values }: Asked): Promise<string[]> {
  const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .bind(...values)
    .all<{ detail: string }>()
  return results.map(({ detail }) => detail)
}

const views = ['operations', 'rows'] as const
const filters: object[] = [
  { actorId: 'usr_a' },
  { actorId: 'usr_a,usr_b' },
  { action: 'server.start' },
  { action: 'server.start,server.stop' },
  { targetType: 'server' },
  { targetId: 'srv_a' },
  { targetType: 'server', targetId: 'srv_a' },
  { phase: 'started' },
  { phase: 'started,accepted' },
  { phase: 'succeeded' },
  { phase: 'failed,unknown' },
  { phase: 'denied,refused' },
  { q: 'web' },
]
const times: object[] = [
  {},
  { from: '2026-01-01T00:00:00Z' },
  { to: '2026-01-01T00:00:00Z' },
  { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' },
]
/** Each filter alone, and with every other one. */
const combined = filters.flatMap((one, i) => [one, ...filters.slice(i + 1).map((other) => ({ ...one, ...other }))])

/** Every row of the log, whether from the table or from an index of it. */
const isScan = (step: string) => /^SCAN (first|row|other|audit_log)\b/.test(step)

describe.each(views)('the list of %s', (view) => {
  const cursor = encodeCursor([view, Date.parse('2026-01-15T00:00:00Z'), 1_000])

  it('never reads the whole log: for no filter, at any time, on any page', async () => {
    for (const filter of combined) {
      for (const time of times) {
        for (const page of [{}, { cursor }]) {
          for (const query of await asked({ view, ...filter, ...time, ...page })) {
            const plan = await planOf(query)
            expect(
              plan.filter(isScan),
              `${JSON.stringify({ ...filter, ...time, ...page })}\n${plan.join('\n')}`,
            ).toEqual([])
          }
        }
      }
    }
  })

  it.each(times)('reads what it shows, in the order of its index, with %j alone', async (time) => {
    for (const page of [{}, { cursor }]) {
      const queries = await asked({ view, ...time, ...page })
      expect(queries).toHaveLength(1)
      const plan = await planOf(queries[0]!)
      expect(plan.join('\n')).toMatch(/(first|audit_log) USING INDEX audit_log_at/)
      expect(plan.join('\n')).not.toContain('TEMP B-TREE')
    }
  })

  it.each<[string, object]>([
    ['audit_log_actor', { actorId: 'usr_a' }],
    ['audit_log_action', { action: 'server.start' }],
    ['audit_log_target', { targetType: 'server', targetId: 'srv_a' }],
  ])('reads %s in its order for a single value', async (index, filter) => {
    for (const time of times) {
      const queries = await asked({ view, ...filter, ...time })
      expect(queries).toHaveLength(1)
      const plan = (await planOf(queries[0]!)).join('\n')
      expect(plan).toMatch(new RegExp(`SEARCH (first|audit_log) USING INDEX ${index} `))
      expect(plan).not.toContain('TEMP B-TREE')
    }
  })
})
