import type { ApiError } from '#lib/errors/api-error.ts'

/** What DataState needs to know of a read; `Resource` of lib/api is the usual implementation. */
export interface ResourceState<T> {
  readonly data: T | undefined
  readonly error: ApiError | null
  readonly loading: boolean
  /** When the data on screen was read, ms since epoch. */
  readonly updatedAt: number | null
  refresh(): Promise<void>
}
