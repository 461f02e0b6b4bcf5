import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashSources } from './hash-sources.ts'
import { runTool } from './run-tool.ts'

const stampOf = (state: string) => join(state, 'migrations.stamp')

/** True when this state has every migration of the repository. */
export function isMigrated(state: string): boolean {
  return existsSync(stampOf(state)) && readFileSync(stampOf(state), 'utf8') === hashSources(['migrations'])
}

/** Applies what is missing to a local database; keeps its data. @throws ToolFailed */
export async function migrateLocal(state: string): Promise<void> {
  mkdirSync(state, { recursive: true })
  const hash = hashSources(['migrations'])
  await runTool('wrangler', ['d1', 'migrations', 'apply', 'DB', '--local', '--env', 'demo', '--persist-to', state], {
    env: { CI: '1' },
  })
  writeFileSync(stampOf(state), hash)
}
