import { existsSync, readFileSync } from 'node:fs'

export interface Totals {
  passed: number
  failed: number
  skipped: number
}

/** What one run of Vitest leaves behind while it goes on, a line of JSON each (journal-reporter.ts). */
export type Entry =
  | { planned: string[] }
  | { tested: string }
  /** One file came to its end; `errors` counts what escaped from tests so far, in the whole run. */
  | ({ ended: string; errors: number } & Totals)

/** Reads what has been written so far; a line that is only half there is not read. */
export function readJournal(file: string): Entry[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1)
  return lines.map((line) => JSON.parse(line) as Entry)
}

const endedOf = (journal: readonly Entry[]) => journal.flatMap((entry) => ('ended' in entry ? [entry] : []))

/** Counts the files that came to an end. What escaped from a test is a failure where no test failed of it. */
export function totalsOf(journal: readonly Entry[]): Totals {
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const file of endedOf(journal)) add(total, file)
  if (total.failed === 0 && (endedOf(journal).at(-1)?.errors ?? 0) > 0) total.failed = 1
  return total
}

export function add(total: Totals, { passed, failed, skipped }: Totals): void {
  total.passed += passed
  total.failed += failed
  total.skipped += skipped
}

/** The files that were to run and gave no result; undefined where the run did not even get to know them. */
export function withoutResult(journal: readonly Entry[]): string[] | undefined {
  const planned = journal.find((entry) => 'planned' in entry)?.planned
  const ended = new Set(endedOf(journal).map((file) => file.ended))
  return planned?.filter((file) => !ended.has(file))
}

/** The name of the test that ended last, for whoever wonders where a run stands still. */
export const lastTestOf = (journal: readonly Entry[]): string | undefined =>
  journal.findLast((entry) => 'tested' in entry)?.tested

/** `12 passed, 0 failed`, and `, 3 skipped` only where something was. */
export const totalsLine = ({ passed, failed, skipped }: Totals): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
