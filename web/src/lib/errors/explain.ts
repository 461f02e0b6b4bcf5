import { toApiError } from './api-error.ts'
import { exactHint } from './exact-hint.ts'
import { errorTable, unknownError, type ErrorEntry, type Severity } from './table.ts'

export type ErrorText = {
  code: string
  severity: Severity
  message: string
  hint: string
  /** A hint of the API that there are no words for, in English: for the technically minded only. */
  detail: string | undefined
  requestId: string | undefined
}

const entryOf = (code: string): ErrorEntry => (errorTable as Record<string, ErrorEntry>)[code] ?? unknownError

/**
 * What to tell a person about anything that was thrown, all of it in their language: the table's words, or more exact
 * ones where the API knows more (which permission is missing, how long to wait).
 */
export function explainError(error: unknown): ErrorText {
  const api = toApiError(error)
  const entry = entryOf(api.code)
  const exact = exactHint(api)
  return {
    code: api.code,
    severity: entry.severity,
    message: entry.message(),
    hint: api.words ?? exact.text ?? entry.hint(),
    detail: api.words === undefined ? exact.unknown : undefined,
    requestId: api.requestId,
  }
}
