import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { expectChanged, schema, type Statement } from '../../../worker/db/index.ts'
import { newId } from '../../../worker/kernel/id.ts'
import { mutate, type Mutation } from '../../../worker/kernel/mutate.ts'
import { testCtx } from '../actions/support.ts'

const { idempotencyKeys: rows } = schema

const { ctx } = testCtx()
const insert = (id: string) => ctx.db.insert(rows).values({ id, requestHash: 'x', createdAt: 1 })
const count = async (id: string) =>
  (await env.DB.prepare('SELECT count(*) AS n FROM idempotency_keys WHERE id = ?').bind(id).first<{ n: number }>())?.n

const phasesOf = async (targetId: string) => {
  const found = await env.DB.prepare('SELECT phase FROM audit_log WHERE target_id = ? ORDER BY seq')
    .bind(targetId)
    .all<{ phase: string }>()
  return found.results.map((row) => row.phase)
}

const mutation = (change: Partial<Mutation<Statement, void>>): Mutation<Statement, void> => ({
  action: 'server.annotate',
  permission: 'servers:annotate',
  target: { type: 'server', id: newId('srv'), name: 'web-1' },
  run: (op) => op.commit([]),
  ...change,
})

describe('a change and its record, in the database', () => {
  it('stand together: what is begun is there with the started row, what is done with the last', async () => {
    const [begun, done] = [newId('key'), newId('key')]
    const change = mutation({
      begin: () => [insert(begun)],
      run: async (op) => {
        expect(await count(begun)).toBe(1)
        expect(await count(done)).toBe(0)
        await op.commit([insert(done)])
      },
    })
    await mutate(ctx, change)
    expect(await count(done)).toBe(1)
    expect(await phasesOf(change.target.id)).toEqual(['started', 'succeeded'])
  })

  it('fall together: a change that cannot be begun leaves no row and does not run', async () => {
    const id = newId('key')
    await insert(id)
    const change = mutation({ begin: () => [insert(newId('key')), insert(id)], run: async () => expect.unreachable() })
    await expect(mutate(ctx, change)).rejects.toMatchObject({ code: 'database_unavailable' })
    expect(await phasesOf(change.target.id)).toEqual([])
  })

  it('fall together: a lost race changes nothing and is a conflict, on the record', async () => {
    const id = newId('key')
    const nothing = ctx.db.delete(rows).where(eq(rows.id, 'no such row'))
    const change = mutation({ run: (op) => op.commit([insert(id), nothing, expectChanged(ctx.db)]) })
    await expect(mutate(ctx, change)).rejects.toMatchObject({ code: 'conflict' })
    expect(await count(id)).toBe(0)
    expect(await phasesOf(change.target.id)).toEqual(['started', 'failed'])
  })
})
