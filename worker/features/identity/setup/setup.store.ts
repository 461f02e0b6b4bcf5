import { sql } from 'drizzle-orm'
import { expectChanged, schema, type Db, type Statement } from '../../../db/index.ts'

const { users } = schema

/**
 * The first owner, only while there is none: the rule stands in the statement, so that of two claims one wins. The
 * values are those of the table's columns in their order.
 */
export const insertFirstOwner = (
  db: Db,
  owner: { id: string; name: string; email: string },
  now: number,
  ip: string | null,
): Statement[] => [
  db.insert(users).select(
    sql`SELECT ${owner.id}, ${owner.name}, ${owner.email}, 'OWNER', 'ACTIVE', NULL, NULL, ${now}, ${ip}, 0, ${now}, ${now},
      NULL, NULL, NULL, '[]' WHERE NOT EXISTS (SELECT 1 FROM users WHERE role = 'OWNER')`,
  ),
  expectChanged(db),
]
