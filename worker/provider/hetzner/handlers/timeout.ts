import type { Layer } from '../call.ts'
import { timedOut } from '../errors.ts'

export interface Timeouts {
  readMs: number
  writeMs: number
}

/** A write gets longer: giving up on it early only means having to find out what it did. */
export const defaultTimeouts: Timeouts = { readMs: 10_000, writeMs: 15_000 }

/** Ends the wait for the answer and its body, even where `fetch` does not heed the signal. */
export const timeout =
  (timeouts: Timeouts): Layer =>
  (next) =>
  async (call) => {
    const ms = call.operation.access === 'write' ? timeouts.writeMs : timeouts.readMs
    const controller = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(timedOut(call, ms))
        controller.abort()
      }, ms)
    })
    try {
      return await Promise.race([next({ ...call, signal: controller.signal }), late])
    } finally {
      clearTimeout(timer)
    }
  }
