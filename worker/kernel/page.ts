import { AppError } from './errors.ts'

export const pageLimitMax = 200
export const pageLimitDefault = 50

export interface Page<T> {
  items: T[]
  /** Pass it back as `cursor` for the next page; null on the last one. */
  nextCursor: string | null
}

/** Cursors are opaque to clients: base64url of a small JSON array of sort values. */
export function encodeCursor(values: readonly (string | number | null)[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify(values))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** @throws AppError `invalid_input` for anything we did not make. */
export function decodeCursor(cursor: string, length: number): (string | number | null)[] {
  try {
    const binary = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))
    const values: unknown = JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, (c) => c.charCodeAt(0))))
    if (Array.isArray(values) && values.length === length && values.every(isCursorValue)) return values
  } catch {
    // falls through to the one refusal
  }
  throw notOurCursor()
}

/** For a cursor that reads well but belongs to another list. */
export const notOurCursor = (): AppError =>
  new AppError('invalid_input', { fields: [{ path: 'cursor', message: 'Not a cursor of this list.' }] })

const isCursorValue = (value: unknown): value is string | number | null =>
  value === null || typeof value === 'string' || Number.isFinite(value)

/** Takes `limit + 1` rows and turns the surplus one into a cursor. */
export function toPage<T>(rows: T[], limit: number, cursorOf: (row: T) => (string | number | null)[]): Page<T> {
  if (rows.length <= limit) return { items: rows, nextCursor: null }
  const items = rows.slice(0, limit)
  const last = items[items.length - 1]
  return { items, nextCursor: last ? encodeCursor(cursorOf(last)) : null }
}
