import type { Clock } from '../../../kernel/clock.ts'
import { describeError, type Logger } from '../../../kernel/log.ts'
import { failureFields, ProviderError, type ProviderFailure, type ProviderSession } from '../../provider.ts'
import type { Layer } from '../call.ts'

export type Recorder = (failure: ProviderFailure) => void | Promise<void>

/** Every failed attempt leaves a row in the provider log and a line in ours (P5.2), also when a later one succeeds. */
export const record =
  (recorder: Recorder, session: ProviderSession, clock: Clock, log: Logger): Layer =>
  (next) =>
  async (call) => {
    const startedAt = clock.now()
    try {
      return await next(call)
    } catch (error) {
      if (error instanceof ProviderError && !call.expects.includes(error.kind)) {
        const at = clock.now()
        const { accountId, requestId } = session
        const { kind, facts } = error
        const durationMs = Math.max(0, at - startedAt)
        await keep(recorder, { accountId, kind, facts, attempt: call.attempt, durationMs, requestId, at }, log)
      }
      throw error
    }
  }

/** The log of a failure must not replace the failure. */
export async function keep(recorder: Recorder, failure: ProviderFailure, log: Logger): Promise<void> {
  log.warn('provider.failed', { ...failureFields(failure), requestId: failure.requestId })
  try {
    await recorder(failure)
  } catch (error) {
    log.error('provider.record_failed', { error: describeError(error) })
  }
}
