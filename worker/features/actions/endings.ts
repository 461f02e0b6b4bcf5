import { errorCodes, type ErrorCode } from '../../kernel/errors.ts'
import type { OperationEnd } from './operations.store.ts'

/** How an operation ended, with the sentence a person reads for it. */
export const endOf = (status: OperationEnd['status'], errorCode: ErrorCode | null = null): OperationEnd => ({
  status,
  errorCode,
  errorMessage: errorCode === null ? null : errorCodes[errorCode].message,
})
