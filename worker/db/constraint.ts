import { DrizzleQueryError } from 'drizzle-orm'
import { AppError } from '../kernel/errors.ts'
import { describeError } from '../kernel/log.ts'

/** Single statements arrive wrapped by drizzle, batches bare: look at both (never at drizzle's text, it holds values). */
const messageOf = (error: unknown): string => {
  if (!(error instanceof Error)) return ''
  return error.cause instanceof Error ? `${error.cause.message} ${messageOf(error.cause)}` : error.message
}

/** A conditional change in the batch found nothing to change (db/expect-changed.ts). */
export const isLostRace = (error: unknown): boolean => /CHECK constraint failed: failed IS NULL/i.test(messageOf(error))

/** `column` as in `users.email`. */
export const isUniqueViolation = (error: unknown, column: string): boolean =>
  messageOf(error).includes(`UNIQUE constraint failed: ${column}`)

/** What a failing database call means to the caller: a lost race is a 409, anything else is the database's trouble. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (isLostRace(error)) return new AppError('conflict', { cause: error })
  return new AppError('database_unavailable', { detail: describeError(error), cause: error })
}

/** True for what the driver throws when a query of ours fails and nobody on the way had more to say about it. */
export const isDatabaseError = (error: unknown): boolean =>
  error instanceof DrizzleQueryError || (error instanceof Error && /^D1_|LIBSQL|SQLITE_|HRANA/i.test(error.message))
