import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runTool, ToolFailed } from '../../worker/cli/lib/run-tool.ts'

const root = join(import.meta.dirname, '..', '..')
const rules = join(root, '.dependency-cruiser.cjs')
const fixture = join(root, 'test', '.output', 'imports-fixture')

interface Violation {
  from: string
  rule: { name: string }
}

/** Runs the checker in a folder. It ends with an error where it finds something; both ways it reports. */
async function violationsIn(cwd: string): Promise<Violation[]> {
  const output = await runTool('depcruise', ['--config', rules, '--output-type', 'json', 'worker', 'web/src'], {
    cwd,
  }).catch((error: unknown) => {
    if (error instanceof ToolFailed) return error.output
    throw error
  })
  const report = JSON.parse(output) as { summary: { violations: Violation[] } }
  return report.summary.violations
}

/** One breach of every rule: the file that breaks it, and what it imports. */
const breaches: Record<string, [file: string, imports: string]> = {
  'no-cycles': ['worker/objects/hub.ts', './lock.ts'],
  'no-unresolvable': ['worker/kernel/page.ts', './nothing.ts'],
  'kernel-imports-nothing': ['worker/kernel/clock.ts', '../db/client.ts'],
  'features-meet-at-their-index': ['worker/features/costs/sum.ts', '../servers/servers.store.ts'],
  'features-from-outside-by-their-index': ['worker/schedule.ts', './features/servers/servers.store.ts'],
  'sql-in-stores-only': ['worker/features/servers/list.ts', 'drizzle-orm'],
  'http-in-routes-only': ['worker/features/servers/show.ts', 'hono'],
  'the-providers-words-stay-inside': ['worker/features/sync/pass.ts', '../../provider/hetzner/client.ts'],
  'web-knows-no-worker': ['web/src/lib/money.ts', '../../../worker/kernel/id.ts'],
  'ui-knows-no-feature': ['web/src/lib/ui/badge.ts', '../servers/list.ts'],
  'worker-knows-no-web': ['worker/features/audit/page.ts', '../../../web/src/lib/other.ts'],
  'simulator-in-the-demo-only': ['worker/index.ts', './simulator/index.ts'],
  'simulator-stands-alone': ['worker/simulator/time.ts', '../kernel/id.ts'],
  'host-access-in-its-entry-only': ['worker/app.ts', './host-access/index.ts'],
  'objects-know-no-feature': ['worker/objects/follow.ts', '../features/sync/index.ts'],
  'lower-layers-look-down': ['worker/db/migrate.ts', '../http/index.ts'],
  'http-stands-on-the-kernel': ['worker/http/gate.ts', '../features/sync/index.ts'],
  'commands-stand-apart': ['worker/cli/start.ts', '../db/client.ts'],
  'nobody-imports-the-commands': ['worker/services.ts', './cli/run.ts'],
}

const targets = [
  'worker/kernel/id.ts',
  'worker/db/client.ts',
  'worker/http/index.ts',
  'worker/provider/hetzner/client.ts',
  'worker/features/servers/servers.store.ts',
  'worker/features/sync/index.ts',
  'worker/simulator/index.ts',
  'worker/host-access/index.ts',
  'worker/cli/run.ts',
  'web/src/lib/other.ts',
  'web/src/lib/servers/list.ts',
]

function plant(file: string, text: string): void {
  mkdirSync(dirname(join(fixture, file)), { recursive: true })
  writeFileSync(join(fixture, file), text)
}

beforeAll(() => {
  rmSync(fixture, { recursive: true, force: true })
  plant('tsconfig.json', '{}')
  for (const file of targets) plant(file, 'export const x = 1\n')
  plant('worker/objects/lock.ts', "import './hub.ts'\n")
  for (const [file, imports] of Object.values(breaches)) plant(file, `import '${imports}'\n`)
})
afterAll(() => rmSync(fixture, { recursive: true, force: true }))

test('the repository keeps every import rule', async () => {
  expect((await violationsIn(root)).map(({ rule, from }) => `${rule.name}: ${from}`)).toEqual([])
})

test('every rule of the list is proven below', async () => {
  const { default: config } = (await import(rules)) as { default: { forbidden: { name: string; comment: string }[] } }
  expect(config.forbidden.map((rule) => rule.name).toSorted()).toEqual(Object.keys(breaches).toSorted())
  for (const rule of config.forbidden) expect(rule.comment.length, `${rule.name} says what to do`).toBeGreaterThan(40)
})

test('a breach of any rule is found', async () => {
  const found = (await violationsIn(fixture)).map(({ rule, from }) => `${rule.name}: ${from}`)
  for (const [rule, [file]] of Object.entries(breaches)) expect(found).toContain(`${rule}: ${file}`)
})
