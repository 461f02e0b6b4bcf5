import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './paths.ts'
import { runTool, ToolFailed } from './run-tool.ts'
import { stop } from './say.ts'
import type { Target } from './target.ts'

type Row = Record<string, string | number | null>

/** A tool's own words, then one line of ours. */
function explain(error: unknown, target: Target): never {
  if (!(error instanceof ToolFailed)) throw error
  console.error(error.output.trim())
  return stop(
    target.remote
      ? `The database of ${target.environment} did not answer. Sign in with "npx wrangler login" and check its database_id.`
      : 'The database of the demo did not answer. Run npm start once, or npm run reset to begin anew.',
  )
}

const placeOf = (target: Target): string[] => (target.remote ? ['--remote'] : ['--local', '--persist-to', target.state])

async function execute(target: Target, what: string[]): Promise<string> {
  if (!target.remote && !existsSync(target.state)) stop('There is no demo on this machine yet. Run npm start first.')
  const args = ['d1', 'execute', 'DB', '--env', target.environment, ...placeOf(target), '--yes', ...what]
  return await runTool('wrangler', args).catch((error: unknown) => explain(error, target))
}

/** The rows of each statement, in one call: every call starts the tool anew, which takes seconds. */
export async function queryAll(target: Target, statements: string[]): Promise<Row[][]> {
  const output = await execute(target, ['--json', '--command', statements.join('; ')])
  const answers = JSON.parse(output.slice(output.indexOf('['))) as { results: Row[] }[]
  return answers.map((answer) => answer.results)
}

/** The rows of one statement. */
export async function query(target: Target, sql: string): Promise<Row[]> {
  return (await queryAll(target, [sql]))[0] ?? []
}

/** Runs statements as one script. */
export async function run(target: Target, statements: string[]): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'webnova-'))
  const file = join(dir, 'statements.sql')
  try {
    writeFileSync(file, `${statements.join('\n')}\n`, { mode: 0o600 })
    await execute(target, ['--file', file])
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/**
 * Writes the whole database, schema and rows, to an SQL file.
 * Wrangler exports a local database only from its own default folder, so it is shown ours under that name.
 */
export async function exportTo(target: Target, file: string): Promise<void> {
  const export_ = ['d1', 'export', 'DB', '--env', target.environment, '--skip-confirmation', '--output', file]
  if (target.remote) {
    await runTool('wrangler', [...export_, '--remote']).catch((error: unknown) => explain(error, target))
    return
  }
  const dir = mkdtempSync(join(tmpdir(), 'webnova-'))
  try {
    mkdirSync(join(dir, '.wrangler'))
    symlinkSync(target.state, join(dir, '.wrangler', 'state'), 'junction')
    const { unstable_readConfig: readConfig } = await import('wrangler')
    const { d1_databases } = readConfig({ config: join(root, 'wrangler.toml'), env: target.environment })
    const config = {
      name: 'webnova',
      compatibility_date: '2026-10-20',
      env: { [target.environment]: { d1_databases } },
    }
    writeFileSync(join(dir, 'wrangler.json'), JSON.stringify(config))
    await runTool('wrangler', [...export_, '--local', '--config', join(dir, 'wrangler.json')], { cwd: dir })
  } catch (error) {
    explain(error, target)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
