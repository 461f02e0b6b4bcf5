import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { ToolFailed } from '../../../worker/cli/lib/run-tool.ts'
import { runVitest, TestsFailed } from '../../../worker/cli/lib/run-vitest.ts'
import type { Entry } from '../../../worker/cli/lib/test-journal.ts'

const dir = mkdtempSync(join(tmpdir(), 'webnova-run-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))
const journal = join(dir, 'run.jsonl')

const said: string[] = []
beforeEach(() => void said.splice(0))

const passes = (file: string): Entry => ({ ended: file, passed: 1, failed: 0, skipped: 0, errors: 0 })
const fails = (file: string): Entry => ({ ended: file, passed: 0, failed: 1, skipped: 0, errors: 0 })

/** A run that writes these lines and then ends with `code`, or never by itself. */
interface Run {
  writes: Entry[]
  ends: number | 'never'
}

/** Starts made-up runs, one after the other, and remembers which files each was asked for. */
async function given(...runs: Run[]) {
  const asked: (readonly string[])[] = []
  const start = (files: readonly string[], signal: AbortSignal) => {
    const run = runs[asked.push(files) - 1]
    for (const entry of run?.writes ?? []) appendFileSync(journal, `${JSON.stringify(entry)}\n`)
    return new Promise<string>((resolve, reject) => {
      if (run?.ends === 0) resolve('')
      else if (run?.ends === 1) reject(new ToolFailed('vitest', 1, '{"time":"now","event":"x"}\nwhat it printed\n'))
      else signal.addEventListener('abort', () => reject(new ToolFailed('vitest', null, 'half of it\n')))
    })
  }
  const onStandstill = (message: string) => void said.push(message)
  const result = await runVitest('worker', { journal, onStandstill, start, standstillMs: 100 }).catch(
    (error: unknown) => error,
  )
  return { asked, result }
}

test('a run that ends by itself is counted, and nothing is said', async () => {
  const { asked, result } = await given({ writes: [{ planned: ['a'] }, passes('a')], ends: 0 })
  expect({ asked, result, said }).toEqual({ asked: [[]], result: { passed: 1, failed: 0, skipped: 0 }, said: [] })
})

test('a run that stands still is ended, said so, and only what gave no result is started again', async () => {
  const { asked, result } = await given(
    { writes: [{ planned: ['a', 'b'] }, passes('a'), { tested: 'b: one' }], ends: 'never' },
    { writes: [{ planned: ['b'] }, passes('b')], ends: 0 },
  )
  expect(asked).toEqual([[], ['b']])
  expect(result).toEqual({ passed: 2, failed: 0, skipped: 0 })
  expect(said).toEqual(['stood still after b: one; no result yet: b'])
})

test('a test that failed before a standstill stays a failure, and does not run twice', async () => {
  const { asked, result } = await given(
    { writes: [{ planned: ['a', 'b'] }, fails('a')], ends: 'never' },
    { writes: [{ planned: ['b'] }, passes('b')], ends: 0 },
  )
  expect(asked).toEqual([[], ['b']])
  expect((result as TestsFailed).totals).toEqual({ passed: 1, failed: 1, skipped: 0 })
})

test('a file that always stands still is a failure in the end', async () => {
  const still: Run = { writes: [{ planned: ['a'] }], ends: 'never' }
  const { asked, result } = await given(still, still, still, still)
  expect(asked).toEqual([[], ['a'], ['a']])
  expect(result).toBeInstanceOf(TestsFailed)
  expect((result as TestsFailed).totals.failed).toBe(1)
})

test('a run that stands still when all is done passes; one that never began is started again as a whole', async () => {
  const done = await given({ writes: [{ planned: ['a'] }, passes('a')], ends: 'never' })
  expect(done.result).toEqual({ passed: 1, failed: 0, skipped: 0 })
  const late = await given({ writes: [], ends: 'never' }, { writes: [{ planned: ['a'] }, passes('a')], ends: 0 })
  expect(late.asked).toEqual([[], []])
  expect(late.result).toEqual({ passed: 1, failed: 0, skipped: 0 })
})

test('an error outside of any test is a failure, and so is a run of no test', async () => {
  const { result } = await given({ writes: [{ planned: ['a'] }, passes('a')], ends: 1 })
  expect((result as TestsFailed).totals).toEqual({ passed: 1, failed: 1, skipped: 0 })
  expect((result as TestsFailed).output).toBe('what it printed\n')
  expect(readFileSync(join(dir, 'run.log'), 'utf8')).toContain('"event":"x"')
  expect((await given({ writes: [], ends: 0 })).result).toBeInstanceOf(TestsFailed)
})
