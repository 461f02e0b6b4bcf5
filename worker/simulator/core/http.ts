import type { Body } from './body.ts'
import type { ProjectRecord } from './types.ts'
import type { World } from './world.ts'

/** A request as the core sees it: no streams, no sockets. `url` is absolute, below the version path. */
export interface CoreRequest {
  method: string
  url: string
  headers: Record<string, string>
  body: string
}

/** An answer, with what the shell that serves it must do to the connection. */
export interface CoreResponse {
  status: number
  headers: Record<string, string>
  body: string
  /** The client gets no answer at all; the operation may have happened. */
  cut?: boolean
  /** Milliseconds to wait before answering. */
  delayMs?: number
}

/** What a handler gets. */
export interface Context {
  world: World
  project: ProjectRecord
  /** Simulated time in ms, the same for the whole request. */
  now: number
  params: Record<string, string>
  query: URLSearchParams
  body: Body
  /** Absolute address of this list, for Link headers. */
  url: URL
  /** Factor for the duration of actions that this request starts; 1 unless a slow_clock fault struck. */
  slowness: number
}

export interface Reply {
  status: number
  body?: unknown
  headers?: Record<string, string>
}

export type Handler = (context: Context) => Reply

export const ok = (body: unknown, headers?: Record<string, string>): Reply => ({ status: 200, body, headers })
export const created = (body: unknown): Reply => ({ status: 201, body })
export const noContent = (): Reply => ({ status: 204 })
