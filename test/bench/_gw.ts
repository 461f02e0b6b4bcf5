import { benchGateway } from '/work/wt-lead/test/bench/gateway.ts'
import { startBenchProduct } from '/work/wt-lead/test/bench/lib/bench-product.ts'
import { toMarkdown } from '/work/wt-lead/test/bench/lib/report.ts'
const product = await startBenchProduct()
try { await product.control('POST', '/reset', { seed: 'empty' }); console.log(toMarkdown(await benchGateway(product))) } finally { await product.stop() }
