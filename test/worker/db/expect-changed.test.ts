import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { batch, createDb, expectChanged, isLostRace, schema } from '../../../worker/db/index.ts'
import { readConfig } from '../../../worker/env.ts'

const db = createDb(env.DB, readConfig(env).libsql)
const { idempotencyKeys: rows } = schema

const insert = (id: string, requestHash: string) => db.insert(rows).values({ id, requestHash, createdAt: 1 })
const rename = (id: string, requestHash: string) => db.update(rows).set({ requestHash }).where(eq(rows.id, id))
const read = async (id: string) => (await db.select().from(rows).where(eq(rows.id, id)))[0]?.requestHash

describe('expectChanged', () => {
  test('lets a batch through whose conditional change found its row', async () => {
    const id = crypto.randomUUID()
    await insert(id, 'before')
    await batch(db, [rename(id, 'after'), expectChanged(db)])
    expect(await read(id)).toBe('after')
  })

  test('aborts the whole batch when the conditional change found nothing, what came before included', async () => {
    const [first, missing] = [crypto.randomUUID(), crypto.randomUUID()]
    await insert(first, 'before')
    const lost = batch(db, [rename(first, 'after'), rename(missing, 'after'), expectChanged(db)])
    await expect(lost).rejects.toSatisfy(isLostRace)
    expect(await read(first)).toBe('before')
  })
})
