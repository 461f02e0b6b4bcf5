import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Product } from './product.ts'

/** Changes what only time changes: the moment a link expires, a passkey was proven. The product may run meanwhile. */
export function changeDatabase(product: Product, ...statements: string[]): void {
  const folder = join(product.dir, 'state', 'v3', 'd1', 'miniflare-D1DatabaseObject')
  const files = readdirSync(folder).filter((name) => name.endsWith('.sqlite') && name !== 'metadata.sqlite')
  const [file] = files
  if (file === undefined || files.length > 1) throw new Error(`${folder} holds ${files.length} databases, not one.`)
  const database = new DatabaseSync(join(folder, file), { timeout: 10_000 })
  try {
    for (const statement of statements) database.exec(statement)
  } finally {
    database.close()
  }
}
