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
}

const agent = new Agent({ keepAlive: true, maxSockets: 8 })

export function send(port: number, target: Target): Promise<{ status: number; bytes: number }> {
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
 * Interleaved rounds of every target, so that whatever else the machine does falls on all of them; the median round
 * of each counts. The first round warms up and is dropped.
 */
export async function compare<Name extends string>(
  port: number,
  pid: number,
  targets: Record<Name, Target>,
  options: { rounds?: number; count?: number; parallel?: number } = {},
): Promise<Record<Name, Sample>> {
  const { rounds = 5, count = 400, parallel = 4 } = options
  const samples = new Map<string, Sample[]>()
  for (let i = 0; i <= rounds; i++) {
    for (const [name, target] of Object.entries<Target>(targets)) {
      const sample = await round(port, pid, target, count, parallel)
      if (i > 0) samples.set(name, [...(samples.get(name) ?? []), sample])
    }
  }
  const median = (list: Sample[]) => list.toSorted((a, b) => a.cpu - b.cpu)[Math.floor(list.length / 2)]!
  return Object.fromEntries([...samples].map(([name, list]) => [name, median(list)])) as Record<Name, Sample>
}
