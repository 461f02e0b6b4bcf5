import { ProviderError, type Priority } from '../../provider.ts'
import type { Layer } from '../call.ts'
import { retryDelayMs } from '../retry-policy.ts'

export interface RetryOptions {
  priority: Priority
  sleep: (ms: number) => Promise<void>
  random: () => number
}

/**
 * Repeats what the policy allows. Once one attempt of a write may have arrived, no later answer makes that unsaid:
 * a start that timed out upstream and is then refused as `locked` has probably worked.
 */
export const retry =
  ({ priority, sleep, random }: RetryOptions): Layer =>
  (next) =>
  async (call) => {
    const { access, idempotent } = call.operation
    let maybeSent = false
    for (let attempt = 1; ; attempt++) {
      try {
        return await next({ ...call, attempt })
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error
        maybeSent ||= error.facts.maybeSent
        const { kind, facts } = error
        const delayMs = retryDelayMs({ access, idempotent, priority, attempt, kind, status: facts.status }, random)
        if (delayMs === null) throw maybeSent ? sentBefore(error) : error
        await sleep(delayMs)
      }
    }
  }

const sentBefore = (error: ProviderError): ProviderError =>
  error.facts.maybeSent ? error : new ProviderError(error.kind, { ...error.facts, maybeSent: true }, error.cause)
