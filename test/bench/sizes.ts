import { readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { buildWorker, bundleDir, bundleModules } from '../../worker/cli/lib/build-worker.ts'
import { webBuild } from '../../worker/cli/lib/paths.ts'
import { openBrowser } from '../e2e/support/devices.ts'
import type { BenchProduct } from './lib/bench-product.ts'
import { row, type Section } from './lib/report.ts'

const kB = (bytes: number) => `${(bytes / 1_000).toFixed(0)} kB`
const zipped = (path: string) => gzipSync(readFileSync(path), { level: 9 }).length

/** What is downloaded and deployed. */
export async function benchSizes(product: BenchProduct): Promise<Section> {
  await buildWorker('production')
  const worker = bundleModules('production').reduce((sum, { path }) => sum + zipped(path), 0)
  const first = await firstLoad(product, '/servers')
  const entrance = await firstLoad(product, '/sign-in')
  const all = scripts(join(webBuild, '_app')).reduce((sum, path) => sum + zipped(path), 0)
  return {
    title: 'Sizes',
    text: `Compressed with gzip. The production bundle is what \`wrangler deploy\` uploads from \`${bundleDir('production').split('/').slice(-2).join('/')}\`.`,
    head: ['what', 'compressed'],
    rows: [
      row('Worker, production', kB(worker)),
      row('Dashboard, script of the sign-in page', kB(entrance)),
      row('Dashboard, script until the server list stands', kB(first)),
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

/** Every script a fresh browser loads until the page is still, as the network delivers it: compressed. */
async function firstLoad(product: BenchProduct, path: string): Promise<number> {
  const { browser, close } = await openBrowser()
  const context = await browser.newContext()
  const token = product.headers['authorization']?.replace('Bearer ', '') ?? ''
  await context.addCookies([{ name: 'wn_access', value: token, url: product.origin }])
  const page = await context.newPage()
  const loaded: string[] = []
  page.on('response', (response) => {
    const { pathname } = new URL(response.url())
    if (pathname.endsWith('.js')) loaded.push(pathname)
  })
  await page.goto(product.origin + path, { waitUntil: 'networkidle' })
  const shown = new URL(page.url()).pathname
  await close()
  if (shown !== path) throw new Error(`${path} led to ${shown}`)
  return [...new Set(loaded)].reduce((sum, name) => sum + zipped(join(webBuild, name)), 0)
}
