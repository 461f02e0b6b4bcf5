import type { Db, Statement } from './client.ts'

/** All or nothing, in order. An empty list is a no-op (drivers throw on it). */
export async function batch(db: Db, statements: readonly Statement[]): Promise<void> {
  const [first, ...rest] = statements
  if (first) await db.batch([first, ...rest])
}
