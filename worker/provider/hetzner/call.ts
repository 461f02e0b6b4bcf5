import type { z } from 'zod'
import type { ProviderErrorKind } from '../provider.ts'
import type { Operation } from './operations/index.ts'

/** One request on its way through the chain; each handler passes on a copy with its own part filled in. */
export interface Call {
  readonly operation: Pick<Operation, 'method' | 'path' | 'access' | 'idempotent'>
  /** With its parameters filled in, relative to the base URL. */
  readonly path: string
  readonly query: readonly (readonly [string, string])[]
  readonly body: unknown
  readonly schema: z.ZodType
  /** Failures that are an answer to this call, and so not recorded as failures. */
  readonly expects: readonly ProviderErrorKind[]
  /** From 1. */
  readonly attempt: number
  readonly headers: Readonly<Record<string, string>>
  readonly signal: AbortSignal | undefined
}

export interface Reply {
  status: number
  headers: Headers
  text: string
  /** What the schema made of the body; set by the parse handler. */
  value?: unknown
}

export type Handler = (call: Call) => Promise<Reply>

/** A handler around the next one. */
export type Layer = (next: Handler) => Handler
