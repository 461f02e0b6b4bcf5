// npm run bench: the budgets as figures of this machine. Nothing here passes or fails a test.
import { writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { root } from '../../worker/cli/lib/paths.ts'
import { benchFleet } from './fleet.ts'
import { benchFreePlan } from './free-plan.ts'
import { benchGateway } from './gateway.ts'
import { startBenchProduct } from './lib/bench-product.ts'
import { toMarkdown, type Section } from './lib/report.ts'
import { benchRequests } from './requests.ts'
import { benchSizes } from './sizes.ts'

const sections: Section[] = []
const product = await startBenchProduct()
try {
  sections.push(await benchFreePlan(product))
  sections.push(await benchRequests(product))
  sections.push(await benchGateway(product))
  sections.push(...(await benchFleet(product)))
  sections.push(await benchSizes(product))
} finally {
  await product.stop()
}

const machine = `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB of memory, Node ${process.versions.node}`
const text = `# Benchmarks

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}, on a machine with ${machine}; workerd, D1, Durable Objects,
simulator and load all on the same cores. Read the ratios: absolute times on Cloudflare differ.

${sections.map(toMarkdown).join('\n\n')}
`
writeFileSync(join(root, 'docs', 'benchmarks.md'), text)
console.log(text)
