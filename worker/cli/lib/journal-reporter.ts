import { appendFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { Reporter, TestCase, TestModule, TestSpecification, Vitest } from 'vitest/node'
import { root } from './paths.ts'
import type { Entry } from './test-journal.ts'

const nameOf = (moduleId: string) => relative(root, moduleId).replaceAll('\\', '/')

/** Tells npm test how far a run has come, in the file that JOURNAL names, so that it sees one that stands still. */
export default class JournalReporter implements Reporter {
  #vitest: Vitest | undefined

  onInit(vitest: Vitest): void {
    this.#vitest = vitest
  }

  onTestRunStart(specifications: readonly TestSpecification[]): void {
    this.#write({ planned: specifications.map(({ moduleId }) => nameOf(moduleId)) })
  }

  onTestCaseResult({ module, fullName }: TestCase): void {
    this.#write({ tested: `${nameOf(module.moduleId)}: ${fullName}` })
  }

  onTestModuleEnd(module: TestModule): void {
    const count = (state: 'passed' | 'failed' | 'skipped') => [...module.children.allTests(state)].length
    const failed = count('failed')
    // A file that could not be collected has no test that failed.
    const broken = module.state() === 'failed' && failed === 0 ? 1 : 0
    this.#write({
      ended: nameOf(module.moduleId),
      passed: count('passed'),
      failed: failed + broken,
      skipped: count('skipped'),
      errors: this.#vitest?.state.getUnhandledErrors().length ?? 0,
    })
  }

  #write(entry: Entry): void {
    const file = process.env['JOURNAL']
    if (file === undefined) throw new Error('JOURNAL names no file to write to.')
    appendFileSync(file, `${JSON.stringify(entry)}\n`)
  }
}
