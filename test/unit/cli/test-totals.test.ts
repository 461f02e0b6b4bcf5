import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { totalsLine, totalsOf } from '../../../worker/cli/lib/test-totals.ts'

const dir = mkdtempSync(join(tmpdir(), 'webnova-totals-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const report = (passed: number, failed: number, pending: number, testResults: object[]) => {
  const file = join(dir, `${Math.random()}.json`)
  const counts = { numPassedTests: passed, numFailedTests: failed, numPendingTests: pending, numTodoTests: 0 }
  writeFileSync(file, JSON.stringify({ ...counts, testResults }))
  return file
}

test('a report is counted as it says', () => {
  const failing = { status: 'failed', assertionResults: [{ status: 'failed' }] }
  expect(totalsOf(report(3, 1, 2, [failing]))).toEqual({ passed: 3, failed: 1, skipped: 2 })
})

test('a file that could not be collected is a failure, and so is a missing report', () => {
  const broken = { status: 'failed', assertionResults: [] }
  expect(totalsOf(report(3, 0, 0, [broken]))).toEqual({ passed: 3, failed: 1, skipped: 0 })
  expect(totalsOf(join(dir, 'absent.json'))).toEqual({ passed: 0, failed: 1, skipped: 0 })
})

test('the last line has one form', () => {
  expect(totalsLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed')
  expect(totalsLine({ passed: 12, failed: 1, skipped: 3 })).toBe('12 passed, 1 failed, 3 skipped')
})
