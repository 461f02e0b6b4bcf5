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
  await runTool('vite', ['build', '--logLevel', 'warn'], { cwd: join(root, 'web') })
  mkdirSync(dist, { recursive: true })
  writeFileSync(stamp, hash)
}
