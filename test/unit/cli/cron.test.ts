import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { isDue, startCron } from '../../../worker/cli/lib/cron.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('an expression is due in exactly its minutes, in UTC', () => {
  const at = (text: string) => Date.parse(text)
  expect(isDue('* * * * *', at('2026-11-21T13:37:59Z'))).toBe(true)
  expect(isDue('17 0 * * *', at('2026-11-21T00:17:00Z'))).toBe(true)
  expect(isDue('17 0 * * *', at('2026-11-21T01:17:00Z'))).toBe(false)
  expect(isDue('17 0 * * *', at('2026-11-21T00:18:00Z'))).toBe(false)
  expect(isDue('*/5 * * * *', at('2026-11-21T00:10:00Z'))).toBe(true)
  expect(isDue('*/5 * * * *', at('2026-11-21T00:11:00Z'))).toBe(false)
})

test('fires at the start of each minute, through failures, until it is stopped', async () => {
  vi.setSystemTime(Date.parse('2026-11-21T00:15:30Z'))
  const fired: string[] = []
  const failures: unknown[] = []
  const fire = async (expression: string, atMs: number) => {
    fired.push(`${new Date(atMs).toISOString().slice(11, 16)} ${expression}`)
    if (fired.length === 1) throw new Error('once')
  }
  const stop = startCron(['* * * * *', '17 0 * * *'], fire, (error) => failures.push(error))
  await vi.advanceTimersByTimeAsync(29_000)
  expect(fired).toEqual([])
  await vi.advanceTimersByTimeAsync(120_000)
  expect(fired).toEqual(['00:16 * * * * *', '00:17 * * * * *', '00:17 17 0 * * *'])
  expect(failures).toHaveLength(1)
  stop()
  await vi.advanceTimersByTimeAsync(300_000)
  expect(fired).toHaveLength(3)
})
