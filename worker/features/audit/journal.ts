import type { RequestJournal } from '../../context.ts'
import { batch, toAppError, type Db, type Statement } from '../../db/index.ts'
import type { AuditEntry } from '../../kernel/audit.ts'
import { insertAuditEntry } from './audit.store.ts'

const done: ReadonlySet<AuditEntry['phase']> = new Set(['succeeded', 'accepted'])

/** The audit log as the one path of a change uses it. Both calls reject when the row could not be written. */
export function createJournal(db: Db): RequestJournal {
  let changed = false
  const commit = async (statements: readonly Statement[], entry: AuditEntry) => {
    try {
      await batch(db, [...statements, insertAuditEntry(db, entry)])
    } catch (error) {
      throw toAppError(error)
    }
    changed ||= done.has(entry.phase)
  }
  return {
    append: (entry, ...more) =>
      commit(
        more.map((other) => insertAuditEntry(db, other)),
        entry,
      ),
    commit,
    hasChanged: () => changed,
  }
}
