import { createHash } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { breakGlassLink, setUpLink } from '../../../worker/cli/lib/enrolment-link.ts'

const migrations = join(import.meta.dirname, '..', '..', '..', 'migrations')
let db: DatabaseSync

beforeEach(() => {
  db = new DatabaseSync(':memory:')
  for (const file of readdirSync(migrations).toSorted()) db.exec(readFileSync(join(migrations, file), 'utf8'))
})

const rows = () => db.prepare('SELECT * FROM enrolment_links ORDER BY created_at').all()
const tokenOf = (url: string) => new URL(url).hash.replace('#token=', '')

test('only the hash of the token is stored, and the token travels in the fragment', () => {
  const link = setUpLink({ origin: 'https://nova.example.org', nowMs: 1000 })
  for (const statement of link.statements) db.exec(statement)
  const token = tokenOf(link.url)
  expect(token).toMatch(/^[\w-]{43}$/)
  expect(new URL(link.url).search).toBe('')
  expect(link.statements.join()).not.toContain(token)
  const hash = createHash('sha256').update(token).digest('base64url')
  expect(rows()).toMatchObject([{ token_hash: hash, kind: 'setup', user_id: null, expires_at: 1000 + 3_600_000 }])
})

test('a new set-up link ends the older one; a link of a person leaves those of others alone', () => {
  const links = [
    setUpLink({ origin: 'http://localhost:8787', nowMs: 1000 }),
    breakGlassLink('usr_a', { origin: 'http://localhost:8787', nowMs: 2000 }),
    breakGlassLink('usr_b', { origin: 'http://localhost:8787', nowMs: 3000 }),
    setUpLink({ origin: 'http://localhost:8787', nowMs: 4000 }),
    breakGlassLink('usr_a', { origin: 'http://localhost:8787', nowMs: 5000 }),
  ]
  for (const statement of links.flatMap((link) => link.statements)) db.exec(statement)
  const living = rows().filter((row) => Number(row['expires_at']) > 5000)
  expect(living.map((row) => [row['kind'], row['user_id'], row['created_at']])).toEqual([
    ['break_glass', 'usr_b', 3000],
    ['setup', null, 4000],
    ['break_glass', 'usr_a', 5000],
  ])
})

test('nothing of a user id can leave its quotes', () => {
  const link = breakGlassLink("x'; DELETE FROM users; --", { origin: 'http://localhost:8787', nowMs: 1 })
  for (const statement of link.statements) db.exec(statement)
  expect(rows()).toMatchObject([{ user_id: "x'; DELETE FROM users; --" }])
})
