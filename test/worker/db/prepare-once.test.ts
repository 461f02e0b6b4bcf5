import { env } from 'cloudflare:workers'
import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { createDb, prepareOnce } from '../../../worker/db/index.ts'
import { readConfig } from '../../../worker/env.ts'

const db = createDb(env.DB, readConfig(env).libsql)

it('a query prepared once is built once a database, and each call gets the answer to its own values', async () => {
  let built = 0
  const double = prepareOnce((on) => {
    built += 1
    return on
      .select({ n: sql<number>`${sql.placeholder('n')} * 2`.as('n') })
      .from(sql`(SELECT 1)`)
      .prepare()
  })
  const numbers = Array.from({ length: 20 }, (_, i) => i)
  const answers = await Promise.all(numbers.map(async (n) => double(db).execute({ n })))
  expect(answers).toEqual(numbers.map((n) => [{ n: 2 * n }]))
  expect(built).toBe(1)
})
