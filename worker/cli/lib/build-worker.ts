import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { hashSources } from './hash-sources.ts'
import { dist, root } from './paths.ts'
import { runTool } from './run-tool.ts'

export type Environment = 'demo' | 'staging' | 'production'
/** What can be started: an environment, or the demo with the bench's raw costs beside it (test/bench). */
export type Bundle = Environment | 'bench'

const SOURCES = ['worker', 'wrangler.toml', 'package-lock.json']
const MODULE_TYPES: Record<string, string> = {
  js: 'ESModule',
  wasm: 'CompiledWasm',
  bin: 'Data',
  txt: 'Text',
  html: 'Text',
  sql: 'Text',
}
const stampOf = (environment: Bundle) => join(dist, `${environment}.stamp`)

/** Where the bundle of an environment lies: the very files `wrangler deploy` would upload. */
export const bundleDir = (environment: Bundle): string => join(dist, environment)

/** True when the bundle was made from exactly the present sources. */
export function isWorkerBuilt(environment: Environment): boolean {
  const stamp = stampOf(environment)
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hashSources(SOURCES)
}

/**
 * Bundles the Worker and writes its bindings beside it (worker.json), so that a start needs neither
 * Wrangler nor a bundler. @throws ToolFailed
 */
export async function buildWorker(environment: Environment): Promise<void> {
  const hash = hashSources(SOURCES)
  const outdir = bundleDir(environment)
  rmSync(outdir, { recursive: true, force: true })
  mkdirSync(outdir, { recursive: true })
  // The assets folder has to exist even where only the Worker is built.
  mkdirSync(join(root, 'web', 'build'), { recursive: true })
  await runTool('wrangler', ['deploy', '--dry-run', '--env', environment, '--outdir', outdir])
  const { unstable_getMiniflareWorkerOptions: optionsOf } = await import('wrangler')
  const { workerOptions, main } = optionsOf(join(root, 'wrangler.toml'), environment)
  writeFileSync(join(outdir, 'worker.json'), JSON.stringify({ ...workerOptions, main }, null, 2))
  writeFileSync(stampOf(environment), hash)
}

/** The modules of a bundle, its entry first, in the form Miniflare takes. */
export function bundleModules(environment: Bundle): { type: string; path: string }[] {
  const dir = bundleDir(environment)
  const { main } = JSON.parse(readFileSync(join(dir, 'worker.json'), 'utf8')) as { main: string }
  const entry = basename(main).replace(/\.ts$/, '.js')
  const isEntry = (path: string) => Number(basename(path) === entry)
  return readdirSync(dir)
    .flatMap((name) => {
      const type = MODULE_TYPES[name.split('.').at(-1) ?? '']
      return type ? [{ type, path: join(dir, name) }] : []
    })
    .toSorted((a, b) => isEntry(b.path) - isEntry(a.path))
}

/** The cron expressions of a built environment. */
export function cronsOf(environment: Environment): string[] {
  const worker = JSON.parse(readFileSync(join(bundleDir(environment), 'worker.json'), 'utf8')) as {
    cronTriggers?: string[]
  }
  return worker.cronTriggers ?? []
}
