// npm test: everything CI runs, one line a step, and the total at the very end.
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildWeb, isWebBuilt } from './lib/build-web.ts'
import { buildWorker, isWorkerBuilt } from './lib/build-worker.ts'
import { checkOpenApi } from './lib/openapi.ts'
import { root } from './lib/paths.ts'
import { runTool, ToolFailed } from './lib/run-tool.ts'
import { runVitest } from './lib/run-vitest.ts'
import { dim, green, red, yellow } from './lib/say.ts'
import { add, totalsLine, type Totals } from './lib/test-journal.ts'

const output = join(root, 'test', '.output')
const total: Totals = { passed: 0, failed: 0, skipped: 0 }

type Outcome = Totals | undefined

interface Step {
  name: string
  /** @throws ToolFailed, or any error that says what is wrong. */
  run: () => Promise<Outcome>
}

const tool = (name: string, command: string, args: string[], cwd?: string): Step => ({
  name,
  run: async () => void (await runTool(command, args, cwd === undefined ? {} : { cwd: join(root, cwd) })),
})

/** One project of vitest.config.ts. No test at all is a failure: a renamed folder must not look like a pass. */
const vitest = (project: string): Step => ({
  name: `test: ${project}`,
  run: () =>
    runVitest(project, {
      journal: join(output, `${project}.jsonl`),
      onStandstill: (message) => console.log(`${yellow('!')} test: ${project} ${message}`),
    }),
})

/**
 * One after the other, in each of them lanes side by side: what keeps a single core busy shares the machine with
 * something else that does. Tests that use every core by themselves have a stage of their own: they end no sooner
 * beside others.
 */
const stages: Step[][][] = [
  [
    [
      tool('format', 'oxfmt', ['--check']),
      tool('lint', 'oxlint', ['--deny-warnings']),
      tool('import rules', 'depcruise', ['--config', '.dependency-cruiser.cjs', 'worker', 'web/src']),
      tool('binding types', 'wrangler', ['types', '--env', 'demo']),
      tool('types: worker and tests', 'tsc', ['-p', '.']),
      tool('types: commands', 'tsc', ['-p', 'worker/cli']),
      tool('types: browser tests', 'tsc', ['-p', 'test/e2e']),
    ],
    [
      { name: 'build: dashboard', run: async () => void (isWebBuilt() || (await buildWeb())) },
      tool('types: dashboard', 'svelte-check', ['--tsconfig', './tsconfig.json', '--fail-on-warnings'], 'web'),
      { name: 'OpenAPI document', run: async () => void (await checkOpenApi()) },
      { name: 'build: demo', run: async () => void (isWorkerBuilt('demo') || (await buildWorker('demo'))) },
      {
        name: 'build: production',
        run: async () => void (isWorkerBuilt('production') || (await buildWorker('production'))),
      },
    ],
  ],
  [[vitest('unit'), vitest('contract'), vitest('worker')]],
  [
    [vitest('libsql'), vitest('commands')],
    [vitest('faults'), vitest('clients')],
  ],
  [[vitest('e2e')]],
]

async function runStep(step: Step): Promise<void> {
  const started = performance.now()
  const seconds = () => dim(`${((performance.now() - started) / 1000).toFixed(1)} s`)
  try {
    const counts = await step.run()
    if (counts) add(total, counts)
    console.log(`${green('✓')} ${step.name}  ${counts ? `${totalsLine(counts)}  ` : ''}${seconds()}`)
  } catch (error) {
    const counts = (error as { totals?: Totals }).totals ?? { passed: 0, failed: 1, skipped: 0 }
    add(total, counts)
    console.log(`${red('✗')} ${step.name}  ${totalsLine(counts)}  ${seconds()}`)
    console.log(error instanceof ToolFailed ? error.output.trimEnd() : String(error))
  }
}

const only = process.argv.slice(2)
rmSync(output, { recursive: true, force: true })
mkdirSync(output, { recursive: true })
const isWanted = ({ name }: Step) => only.length === 0 || only.some((part) => name.includes(part))
async function runLane(lane: Step[]): Promise<void> {
  for (const step of lane.filter(isWanted)) await runStep(step)
}
for (const lanes of stages) await Promise.all(lanes.map(runLane))
console.log(totalsLine(total))
process.exit(total.failed > 0 ? 1 : 0)
