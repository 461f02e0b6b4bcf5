import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { lastTestOf, readJournal, totalsLine, totalsOf, withoutResult } from '../../../worker/cli/lib/test-journal.ts'

const dir = mkdtempSync(join(tmpdir(), 'webnova-journal-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const ended = (file: string, passed: number, failed = 0, skipped = 0, errors = 0) => ({
  ended: file,
  passed,
  failed,
  skipped,
  errors,
})

test('the files that came to an end are counted', () => {
  expect(totalsOf([ended('a', 3, 1, 2), { tested: 'b: one' }, ended('c', 4)])).toEqual({
    passed: 7,
    failed: 1,
    skipped: 2,
  })
})

test('what escaped from a test is a failure, even where every test passed', () => {
  expect(totalsOf([ended('a', 3, 0, 0, 1)])).toEqual({ passed: 3, failed: 1, skipped: 0 })
})

test('what gave no result is known while a run goes on', () => {
  const journal = [{ planned: ['a', 'b', 'c'] }, ended('b', 1), { tested: 'a: one' }]
  expect(withoutResult(journal)).toEqual(['a', 'c'])
  expect(lastTestOf(journal)).toBe('a: one')
  expect(withoutResult([])).toBeUndefined()
})

test('a line that is only half there is not read', () => {
  const file = join(dir, 'half.jsonl')
  writeFileSync(file, '{"tested":"a: one"}\n{"tested":"a: t')
  expect(readJournal(file)).toEqual([{ tested: 'a: one' }])
  expect(readJournal(join(dir, 'absent.jsonl'))).toEqual([])
})

test('the last line has one form', () => {
  expect(totalsLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed')
  expect(totalsLine({ passed: 12, failed: 1, skipped: 3 })).toBe('12 passed, 1 failed, 3 skipped')
})
