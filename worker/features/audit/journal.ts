import { batch, toAppError, type Db, type Statement } from '../../db/index.ts'
import type { Journal } from '../../kernel/mutate.ts'
import { insertAuditEntry } from './audit.store.ts'

/** The audit log as the one path of a change uses it. Both calls reject when the row could not be written. */
export function createJournal(db: Db): Journal<Statement> {
  const commit = async (statements: readonly Statement[], row: Statement) => {
    try {
      await batch(db, [...statements, row])
    } catch (error) {
      throw toAppError(error)
    }
  }
  return {
    append: (entry) => commit([], insertAuditEntry(db, entry)),
    commit: (statements, entry) => commit(statements, insertAuditEntry(db, entry)),
  }
}
