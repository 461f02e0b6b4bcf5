import { readdirSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { buildWorker, bundleDir, bundleModules } from '../../worker/cli/lib/build-worker.ts'
import { webBuild } from '../../worker/cli/lib/paths.ts'
import { openBrowser } from '../e2e/support/devices.ts'
import { landmarks, measureFirstLoad, zipped, type FirstLoad } from '../e2e/support/first-load.ts'
import type { BenchProduct } from './lib/bench-product.ts'
import { row, type Section } from './lib/report.ts'

const kB = (bytes: number) => `${(bytes / 1_000).toFixed(0)} kB`

/** What is downloaded and deployed. */
export async function benchSizes(product: BenchProduct): Promise<Section> {
  await buildWorker('production')
  const worker = bundleModules('production').reduce((sum, { path }) => sum + zipped(path), 0)
  const first = await loadFirst(product, '/servers', landmarks.servers)
  const entrance = await loadFirst(product, '/sign-in', landmarks.signIn)
  const all = scripts(join(webBuild, '_app')).reduce((sum, path) => sum + zipped(path), 0)
  return {
    title: 'Sizes',
    text: `Compressed with gzip. The production bundle is what \`wrangler deploy\` uploads from \`${bundleDir('production').split('/').slice(-2).join('/')}\`.`,
    head: ['what', 'compressed'],
    rows: [
      row('Worker, production', kB(worker)),
      row('Dashboard, script until the sign-in form stands', kB(entrance.standing)),
      row('Dashboard, script until the server list stands', kB(first.standing)),
      row('Dashboard, what the server list loads ahead after that', kB(first.still - first.standing)),
      row('Dashboard, every page', kB(all)),
    ],
    budgets: [
      { name: 'Worker ≤ 1 MB', value: kB(worker), held: worker <= 1_000_000 },
      { name: 'first load ≤ 150 kB of script', value: kB(first.standing), held: first.standing <= 150_000 },
    ],
  }
}

const scripts = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? scripts(path) : extname(path) === '.js' && statSync(path).size > 0 ? [path] : []
  })

/** In a fresh browser, signed in as the owner. */
async function loadFirst(product: BenchProduct, path: string, landmark: string): Promise<FirstLoad> {
  const { browser, close } = await openBrowser()
  const context = await browser.newContext()
  const token = product.headers['authorization']?.replace('Bearer ', '') ?? ''
  await context.addCookies([{ name: 'wn_access', value: token, url: product.origin }])
  try {
    return await measureFirstLoad(context, product.origin + path, landmark)
  } finally {
    await close()
  }
}
