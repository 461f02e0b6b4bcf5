import { Agent, request } from 'node:http'
import { cpuMs } from './workerd-cpu.ts'

export interface Sample {
  /** CPU of workerd a request, ms; the local D1 and Durable Objects are part of it. */
  cpu: number
  /** Median time of one request, ms. */
  p50: number
  p95: number
}

export interface Target {
  path: string
  headers?: Record<string, string>
  expect: number
  /** Requests a round. */
  count: number
}

const agent = new Agent({ keepAlive: true, maxSockets: 8 })

export function send(
  port: number,
  target: Pick<Target, 'path' | 'headers'>,
): Promise<{ status: number; bytes: number }> {
  return new Promise((resolve, reject) => {
    const call = request(
      { host: '127.0.0.1', port, path: target.path, agent, headers: target.headers ?? {} },
      (response) => {
        let bytes = 0
        response.on('data', (part: Buffer) => (bytes += part.length))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, bytes }))
      },
    )
    call.on('error', reject).end()
  })
}

async function round(port: number, pid: number, target: Target, count: number, parallel: number): Promise<Sample> {
  const times: number[] = []
  const before = cpuMs(pid)
  let left = count
  const lane = async () => {
    while (left-- > 0) {
      const start = performance.now()
      const { status } = await send(port, target)
      if (status !== target.expect) throw new Error(`${target.path} answered ${status}, not ${target.expect}`)
      times.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: parallel }, lane))
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { cpu: (cpuMs(pid) - before) / count, p50: at(0.5), p95: at(0.95) }
}

/**
 * Interleaved rounds of every target, so that whatever else the machine does falls on all of them. The first round
 * warms up and is dropped; CPU is the mean of the others, because the system counts it in steps of 10 ms.
 */
export async function compare<Name extends string>(
  port: number,
  pid: number,
  targets: Record<Name, Target>,
  options: { rounds?: number; parallel?: number } = {},
): Promise<Record<Name, Sample>> {
  const { rounds = 8, parallel = 4 } = options
  const samples = new Map<string, Sample[]>()
  for (let i = 0; i <= rounds; i++) {
    for (const [name, target] of Object.entries<Target>(targets)) {
      const sample = await round(port, pid, target, target.count, parallel)
      if (i > 0) samples.set(name, [...(samples.get(name) ?? []), sample])
    }
  }
  return Object.fromEntries([...samples].map(([name, list]) => [name, summarise(list)])) as Record<Name, Sample>
}

function summarise(list: Sample[]): Sample {
  const middle = (key: keyof Sample) =>
    list.map((s) => s[key]).toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0
  return { cpu: list.reduce((sum, s) => sum + s.cpu, 0) / list.length, p50: middle('p50'), p95: middle('p95') }
}
