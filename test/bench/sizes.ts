import { readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { buildWorker, bundleDir, bundleModules } from '../../worker/cli/lib/build-worker.ts'
import { webBuild } from '../../worker/cli/lib/paths.ts'
import { row, type Section } from './lib/report.ts'

const kB = (bytes: number) => `${(bytes / 1_000).toFixed(0)} kB`
const zipped = (path: string) => gzipSync(readFileSync(path), { level: 9 }).length

/** What is downloaded and deployed. */
export async function benchSizes(): Promise<Section> {
  await buildWorker('production')
  const worker = bundleModules('production').reduce((sum, { path }) => sum + zipped(path), 0)
  const first = firstLoad()
  const all = scripts(join(webBuild, '_app')).reduce((sum, path) => sum + zipped(path), 0)
  return {
    title: 'Sizes',
    text: `Compressed with gzip. The production bundle is what \`wrangler deploy\` uploads from \`${bundleDir('production').split('/').slice(-2).join('/')}\`.`,
    head: ['what', 'compressed'],
    rows: [
      row('Worker, production', kB(worker)),
      row('Dashboard, script before anything shows', kB(first)),
      row('Dashboard, every page', kB(all)),
    ],
    budgets: [
      { name: 'Worker ≤ 1 MB', value: kB(worker), held: worker <= 1_000_000 },
      { name: 'first load ≤ 150 kB of script', value: kB(first), held: first <= 150_000 },
    ],
  }
}

const scripts = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? scripts(path) : extname(path) === '.js' && statSync(path).size > 0 ? [path] : []
  })

/** The modules index.html names, and all that they import statically. */
function firstLoad(): number {
  const html = readFileSync(join(webBuild, 'index.html'), 'utf8')
  const queue = [...html.matchAll(/_app\/[\w./-]+\.js/g)].map(([path]) => join(webBuild, path))
  const seen = new Set<string>()
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    if (seen.has(path)) continue
    seen.add(path)
    const code = readFileSync(path, 'utf8')
    for (const [, name = ''] of code.matchAll(/(?:from|import)\s*["'](\.[^"']+\.js)["']/g))
      queue.push(join(path, '..', name))
  }
  return [...seen].reduce((sum, path) => sum + zipped(path), 0)
}
