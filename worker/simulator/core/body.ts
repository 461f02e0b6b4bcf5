import { invalidInput, type FieldProblem } from './errors.ts'
import { labelProblems } from './labels.ts'
import type { Labels } from './types.ts'

const HOSTNAME =
  /^(?=.{1,253}$)[A-Za-z0-9](?:[-A-Za-z0-9]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[-A-Za-z0-9]{0,61}[A-Za-z0-9])?)*$/

/**
 * Reads fields of a request body. Unknown fields are ignored and null counts as absent, as the provider does.
 * Problems are collected; `check` (or a required read) throws one 422 that names them all.
 */
export class Body {
  private readonly problems: FieldProblem[]
  private readonly fields: Record<string, unknown>
  /** Stands before the names of fields in problems, for objects inside the body. */
  private readonly prefix: string

  constructor(fields: Record<string, unknown>, prefix = '', problems: FieldProblem[] = []) {
    this.fields = fields
    this.prefix = prefix
    this.problems = problems
  }

  has(name: string): boolean {
    return this.fields[name] !== undefined && this.fields[name] !== null
  }

  /** Present in the body, even as null. */
  mentions(name: string): boolean {
    return this.fields[name] !== undefined
  }

  raw(name: string): unknown {
    return this.fields[name]
  }

  string(name: string): string | undefined {
    return this.typed(name, 'string')
  }

  boolean(name: string): boolean | undefined {
    return this.typed(name, 'boolean')
  }

  integer(name: string): number | undefined {
    const value = this.typed<number>(name, 'number')
    if (value === undefined || Number.isSafeInteger(value)) return value
    this.problem(name, 'must be an integer')
    return undefined
  }

  integerBetween(name: string, min: number, max: number): number | undefined {
    const value = this.integer(name)
    if (value !== undefined && (value < min || value > max)) this.problem(name, `must be between ${min} and ${max}`)
    return value
  }

  /** An id or a name, as text. */
  reference(name: string): string | undefined {
    const value = this.fields[name]
    if (value === undefined || value === null || value === '') return undefined
    if (typeof value === 'number' || typeof value === 'string') return String(value)
    this.problem(name, 'must be an ID or a name')
    return undefined
  }

  requiredReference(name: string): string {
    return this.required(name, this.reference(name))
  }

  requiredString(name: string): string {
    return this.required(name, this.string(name) || undefined)
  }

  requiredInteger(name: string): number {
    return this.required(name, this.integer(name))
  }

  requiredBoolean(name: string): boolean {
    return this.required(name, this.boolean(name))
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T | undefined {
    const value = this.string(name)
    if (value === undefined) return undefined
    if (allowed.includes(value as T)) return value as T
    this.problem(name, `must be one of ${allowed.join(', ')}`)
    return undefined
  }

  requiredOneOf<T extends string>(name: string, allowed: readonly T[]): T {
    return this.required(name, this.oneOf(name, allowed))
  }

  list(name: string): unknown[] {
    const value = this.fields[name]
    if (value === undefined || value === null) return []
    if (Array.isArray(value)) return value as unknown[]
    this.problem(name, 'must be a list')
    return []
  }

  /** Ids in a list; a text of digits counts as an id. */
  ids(name: string): number[] {
    return this.list(name).map((value) => {
      const id = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
      if (typeof id === 'number' && Number.isSafeInteger(id)) return id
      this.problem(name, 'must be a list of IDs')
      return 0
    })
  }

  object(name: string): Body {
    const value = this.fields[name]
    if (value === undefined || value === null) return this.inner({}, name)
    if (typeof value === 'object' && !Array.isArray(value)) return this.inner(value as Record<string, unknown>, name)
    this.problem(name, 'must be an object')
    return this.inner({}, name)
  }

  /** The objects of a list. */
  objects(name: string): Body[] {
    return this.list(name).map((value, index) => {
      const place = `${name}.${index}`
      if (typeof value === 'object' && value !== null && !Array.isArray(value))
        return this.inner(value as Record<string, unknown>, place)
      this.problem(place, 'must be an object')
      return this.inner({}, place)
    })
  }

  labels(): Labels | undefined {
    const value = this.fields.labels
    if (value === undefined || value === null) return undefined
    const messages = labelProblems(value)
    for (const message of messages) this.problem('labels', message)
    return messages.length === 0 ? { ...(value as Labels) } : undefined
  }

  hostname(name: string): string | undefined {
    const value = this.string(name)
    if (value === undefined || HOSTNAME.test(value)) return value
    this.problem(name, 'must be a valid hostname per RFC 1123')
    return undefined
  }

  problem(name: string, message: string): void {
    const place = this.prefix + name
    const known = this.problems.find((problem) => problem.name === place)
    if (known) known.messages.push(message)
    else this.problems.push({ name: place, messages: [message] })
  }

  check(): void {
    if (this.problems.length > 0) throw invalidInput(this.problems)
  }

  private inner(fields: Record<string, unknown>, name: string): Body {
    return new Body(fields, `${this.prefix}${name}.`, this.problems)
  }

  private required<T>(name: string, value: T | undefined): T {
    if (value !== undefined) return value
    if (!this.problems.some((problem) => problem.name === this.prefix + name))
      this.problem(name, 'missing data for required field')
    this.check()
    throw new Error('unreachable: a missing field always has a problem')
  }

  private typed<T>(name: string, type: 'string' | 'boolean' | 'number'): T | undefined {
    const value = this.fields[name]
    if (value === undefined || value === null) return undefined
    if (typeof value === type) return value as T
    this.problem(name, `must be a ${type}`)
    return undefined
  }
}
