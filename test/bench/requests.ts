import { compare } from './lib/measure.ts'
import type { BenchProduct } from './lib/bench-product.ts'
import { ratio, row, type Section } from './lib/report.ts'

/** What the guards cost: authentication, status gate, limits and permission, against the same work without them. */
export async function benchRequests(product: BenchProduct): Promise<Section> {
  const { headers } = product
  // Refused as late as a token can be without a query: the header is ours, the signature is not.
  const forged = `${headers['authorization']?.slice(0, -8)}AAAAAAAA`
  const samples = await compare(product.port, product.pid, {
    hello: { path: '/api/bench/raw/hello', expect: 200, count: 150 },
    object: { path: '/api/bench/raw/object', expect: 200, count: 150 },
    headers: { path: '/api/bench/raw/headers', expect: 200, count: 150 },
    refused: {
      path: '/api/v1/servers',
      headers: { authorization: forged },
      expect: 401,
      count: 150,
    },
    garbage: { path: '/api/v1/servers', headers: { authorization: 'Bearer garbage' }, expect: 401, count: 150 },
    unguarded: { path: '/api/bench/list', expect: 200, count: 60 },
    guarded: { path: '/api/v1/servers?limit=50', headers, expect: 200, count: 30 },
    me: { path: '/api/v1/me', headers, expect: 200, count: 30 },
  })
  const base = samples.hello.cpu
  const line = (name: string, sample: { cpu: number; p50: number }) =>
    row(name, `${sample.cpu.toFixed(2)} ms`, ratio(sample.cpu / base), `${sample.p50.toFixed(1)} ms`)
  return {
    title: 'Requests',
    text:
      'CPU of workerd a request, the local D1 and Durable Objects included; ratios to a plain JSON answer. ' +
      'A person may make ten requests a second, so the rounds are short.',
    head: ['request', 'CPU', '× hello', 'median'],
    rows: [
      line('hello', samples.hello),
      line('hello + one Durable Object hop', samples.object),
      line('hello with the headers of every answer', samples.headers),
      line('refused: a token with a bad signature', samples.refused),
      line('refused: what is no token at all', samples.garbage),
      line('list of 50 servers, without guards', samples.unguarded),
      line('list of 50 servers, as a person asks for it', samples.guarded),
      line('GET /me', samples.me),
    ],
    budgets: [
      {
        name: 'guarded read ≤ 2 × unguarded',
        value: ratio(samples.guarded.cpu / samples.unguarded.cpu),
        held: samples.guarded.cpu <= 2 * samples.unguarded.cpu,
      },
      {
        name: 'refused < hello + one hop',
        value: `${samples.refused.cpu.toFixed(2)} < ${samples.object.cpu.toFixed(2)} ms`,
        held: samples.refused.cpu < samples.object.cpu,
      },
    ],
  }
}
