import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '..', '..')

it('readiness asks for what the newest migration adds', () => {
  const newest = readdirSync(join(root, 'migrations')).toSorted().at(-1) ?? ''
  const sql = readFileSync(join(root, 'migrations', newest), 'utf8')
  const probe = readFileSync(join(root, 'worker', 'features', 'health', 'health.store.ts'), 'utf8')
  const added = /ALTER TABLE (\w+) ADD COLUMN (\w+)|CREATE TABLE (\w+)/i.exec(sql)
  const [table = '', column = ''] = [added?.[1] ?? added?.[3], added?.[2]]
  const camel = (name: string) => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
  expect(probe).toContain(`schema.${camel(table)}`)
  expect(probe).toContain(camel(column))
})
