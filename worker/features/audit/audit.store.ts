import type { Db, Statement } from '../../db/index.ts'
import { schema } from '../../db/index.ts'
import type { AuditEntry } from '../../kernel/audit.ts'

export const insertAuditEntry = (db: Db, entry: AuditEntry): Statement => db.insert(schema.auditLog).values(entry)
