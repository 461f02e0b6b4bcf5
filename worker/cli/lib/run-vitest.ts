import { rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.ts'
import { runTool, ToolFailed } from './run-tool.ts'
import { add, lastTestOf, readJournal, totalsOf, withoutResult, type Totals } from './test-journal.ts'

/** Longer than any test and its hooks may take by vitest.config.ts. */
const standstillMs = 7 * 60_000
const maxStarts = 3
const reporter = join(root, 'worker', 'cli', 'lib', 'journal-reporter.ts')

interface Options {
  /** Where the run writes how far it has come, `….jsonl`; what it prints is kept beside it, `….log`. */
  journal: string
  onStandstill: (message: string) => void
  /** Starts the run, of these files only where some are named; `signal` ends it. @throws ToolFailed */
  start?: (files: readonly string[], signal: AbortSignal) => Promise<string>
  standstillMs?: number
}

/** What failed, with the counts so far. */
export class TestsFailed extends ToolFailed {
  readonly totals: Totals
  constructor(totals: Totals, output: string) {
    super('vitest', 1, output)
    this.totals = { ...totals, failed: Math.max(totals.failed, 1) }
  }
}

/**
 * Runs one project of vitest.config.ts and counts its tests.
 *
 * Vitest sets no limit to what is outside of a test, and its pool in workerd has waited there for ever
 * (docs/decisions/0018). So a run that has told nothing for longer than any test may take is ended, said so, and the files
 * without a result are started again: no test that gave a result runs twice, and one that stands still by itself does so
 * again and fails.
 *
 * @throws TestsFailed if a test failed, no test ran, or files still gave no result after three starts.
 */
export async function runVitest(project: string, options: Options): Promise<Totals> {
  const { journal, onStandstill, start = startProject(project, journal) } = options
  const total: Totals = { passed: 0, failed: 0, skipped: 0 }
  let output = ''
  let files: readonly string[] = []
  const verdict = (hasFailed: boolean): Totals => {
    if (hasFailed || total.failed > 0) throw new TestsFailed(total, withoutLog(output))
    if (total.passed === 0) throw new TestsFailed(total, `The project "${project}" ran no test.`)
    return total
  }
  for (let starts = 1; starts <= maxStarts; starts++) {
    rmSync(journal, { force: true })
    const run = await watched(journal, options.standstillMs ?? standstillMs, (signal) => start(files, signal))
    output += run.output
    writeFileSync(journal.replace(/\.jsonl$/, '.log'), output)
    const entries = readJournal(journal)
    add(total, totalsOf(entries))
    if (!run.stoodStill) return verdict(run.hasFailed)
    const left = withoutResult(entries)
    onStandstill(`stood still after ${lastTestOf(entries) ?? 'its start'}; no result yet: ${listOf(left)}`)
    if (left?.length === 0) return verdict(false)
    files = left ?? files
  }
  throw new TestsFailed({ ...total, failed: total.failed + Math.max(files.length, 1) }, withoutLog(output))
}

/** Without what the Worker logged, which comes in thousands of lines; all of it is beside the journal. */
const withoutLog = (output: string): string => output.replace(/^\{"time":.*\n/gm, '')

const listOf = (files: readonly string[] | undefined): string => {
  if (files === undefined) return 'all files'
  const more = files.length > 4 ? ` and ${files.length - 4} more` : ''
  return `${files.slice(0, 4).join(', ') || 'no file'}${more}`
}

const startProject = (project: string, journal: string) => (files: readonly string[], signal: AbortSignal) =>
  runTool('vitest', ['run', '--project', project, '--reporter=default', `--reporter=${reporter}`, ...files], {
    env: { JOURNAL: journal },
    signal,
  })

/** Waits for a run, and ends it when its journal has not grown for `limit` milliseconds. */
async function watched(journal: string, limit: number, start: (signal: AbortSignal) => Promise<string>) {
  const ending = new AbortController()
  let size = 0
  let since = performance.now()
  const watch = setInterval(() => {
    const now = statSync(journal, { throwIfNoEntry: false })?.size ?? 0
    if (now !== size) since = performance.now()
    else if (performance.now() - since > limit) ending.abort()
    size = now
  }, limit / 100)
  try {
    return { output: await start(ending.signal), hasFailed: false, stoodStill: false }
  } catch (error) {
    if (!(error instanceof ToolFailed)) throw error
    return { output: error.output, hasFailed: true, stoodStill: ending.signal.aborted }
  } finally {
    clearInterval(watch)
  }
}
