import { toApiError } from './api-error.ts'
import { errorTable, unknownError, type ErrorEntry, type Severity } from './table.ts'

export type ErrorText = {
  code: string
  severity: Severity
  message: string
  hint: string
  requestId: string | undefined
}

const entryOf = (code: string): ErrorEntry => (errorTable as Record<string, ErrorEntry>)[code] ?? unknownError

/**
 * What to tell a person about anything that was thrown. The table's words are used in their language; the API's own
 * hint is more exact (it names who holds a lock, or how long to wait) and wins where there is one.
 */
export function explainError(error: unknown): ErrorText {
  const api = toApiError(error)
  const entry = entryOf(api.code)
  return {
    code: api.code,
    severity: entry.severity,
    message: entry.message(),
    hint: api.hint ?? entry.hint(),
    requestId: api.requestId,
  }
}
