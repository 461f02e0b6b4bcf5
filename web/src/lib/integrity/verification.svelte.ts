import { api, call } from '#lib/api/index.ts'
import type { components } from '#lib/api/schema.d.ts'
import { toApiError, type ApiError } from '#lib/errors/api-error.ts'

type Verification = components['schemas']['AuditVerification']

export interface Verdict {
  rows: number
  seals: number
  problem: Verification['problem']
  head: Verification['head']
  at: string
}

/** Checks the whole log against its seals, one bounded call after the other. */
export class LogVerification {
  #verdict = $state.raw<Verdict | null>(null)
  #error = $state.raw<ApiError | null>(null)
  #progress = $state<number | null>(null)

  get verdict(): Verdict | null {
    return this.#verdict
  }
  get error(): ApiError | null {
    return this.#error
  }
  /** Percent of the log looked at while it runs; null when it does not. */
  get progress(): number | null {
    return this.#progress
  }

  async run(): Promise<void> {
    if (this.#progress !== null) return
    this.#progress = 0
    this.#error = null
    try {
      let [rows, seals] = [0, 0]
      let query: { after?: number; hash?: string; toSeq?: number } = {}
      for (;;) {
        const part = await call(api.GET('/api/v1/audit/verification', { params: { query } }))
        rows += part.rows
        seals += part.seals
        this.#progress = part.head.lastSeq === 0 ? 100 : (100 * part.head.sealedTo) / part.head.lastSeq
        if (!part.next) {
          this.#verdict = { rows, seals, problem: part.problem, head: part.head, at: part.at }
          return
        }
        query = part.next
      }
    } catch (error) {
      this.#error = toApiError(error)
    } finally {
      this.#progress = null
    }
  }
}
