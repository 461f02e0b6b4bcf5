import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashSources } from './hash-sources.ts'
import { dist, root, webBuild } from './paths.ts'
import { runTool } from './run-tool.ts'

const SOURCES = [
  'web/src',
  'web/static',
  'web/messages',
  'web/project.inlang/settings.json',
  'web/vite.config.ts',
  'web/tsconfig.json',
  'web/package.json',
  'package-lock.json',
  'worker/cli/lib/build-web.ts',
]
const stamp = join(dist, 'web.stamp')

/** True when web/build was made from exactly the present sources. */
export function isWebBuilt(): boolean {
  const built = existsSync(join(webBuild, 'index.html')) && existsSync(stamp)
  return built && readFileSync(stamp, 'utf8') === hashSources(SOURCES)
}

/** Builds the dashboard into web/build. @throws ToolFailed */
export async function buildWeb(): Promise<void> {
  const hash = hashSources(SOURCES)
  // A test runner sets NODE_ENV=test, which would build Svelte with its development checks: a third more to load.
  const env = { NODE_ENV: 'production' }
  await runTool('vite', ['build', '--logLevel', 'warn'], { cwd: join(root, 'web'), env })
  mkdirSync(dist, { recursive: true })
  writeFileSync(stamp, hash)
}
