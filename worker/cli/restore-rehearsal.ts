// npm run restore-rehearsal: a backup is worth what its restore is worth. Restores one into a scratch database
// on this machine and compares it, table by table, with where it came from.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { backUp, countContents, type Contents } from './lib/backup.ts'
import { runTool } from './lib/run-tool.ts'
import { green, red, say, step, stop } from './lib/say.ts'
import { readOptions, readTarget, type Target } from './lib/target.ts'

const options = readOptions({ file: { type: 'string' } })
const source = await readTarget(options)
const scratch = mkdtempSync(join(tmpdir(), 'webnova-restore-'))
const restored: Target = { environment: 'demo', remote: false, state: join(scratch, 'state'), origin: source.origin }

/** What the source held around the export: a live instance goes on writing meanwhile. */
const within = (low: number, value: number, high: number) =>
  value >= Math.min(low, high) && value <= Math.max(low, high)

async function restore(file: string): Promise<void> {
  const place = ['--local', '--persist-to', restored.state, '--yes']
  await runTool('wrangler', ['d1', 'execute', 'DB', '--env', 'demo', ...place, '--file', file])
}

function compare(before: Contents, copy: Contents, after: Contents): boolean {
  let same = true
  const line = (name: string, low: number, value: number, high: number) => {
    const right = within(low, value, high)
    same &&= right
    say(`${right ? green('✓') : red('✗')} ${name.padEnd(24)} ${value}${right ? '' : ` (expected ${low} to ${high})`}`)
  }
  for (const name of Object.keys(before.rows))
    line(name, before.rows[name] ?? 0, copy.rows[name] ?? 0, after.rows[name] ?? 0)
  line('last audit row', before.lastAuditSeq, copy.lastAuditSeq, after.lastAuditSeq)
  return same
}

let same = false
try {
  const given = options.file ? resolve(options.file) : null
  if (given && !existsSync(given)) stop(`There is no file ${given}.`)
  const before = await step('Counting the source', () => countContents(source))
  const file = given ?? (await step('Exporting it', () => backUp(source, join(scratch, 'backup.sql'))))
  const after = given ? before : await countContents(source)
  await step('Restoring into a scratch database', () => restore(file))
  const copy = await step('Counting the copy', () => countContents(restored))
  same = compare(before, copy, after)
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
if (!same) stop('The restored copy differs from its source. An older --file differs rightly by what came after it.')
say('The restored copy is complete.')
