export { ApiError, toApiError, fromResponse, type FieldError } from './api-error.ts'
export { explainError, type ErrorText } from './explain.ts'
export { errorTable, unknownError, type KnownErrorCode, type Severity } from './table.ts'
