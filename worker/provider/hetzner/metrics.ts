import type { MetricKind, Metrics, MetricSeries } from '../provider.ts'
import type { Client } from './client.ts'
import { toMs } from './mapper.ts'
import { operations } from './client-operations.ts'
import { metricsAnswer, type WireMetrics } from './wire.ts'

/** Round steps in seconds, so that neighbouring points fall on the minute, the hour, the day. */
const steps = [60, 300, 900, 1_800, 3_600, 10_800, 21_600, 86_400]
/** Under the provider's cap of 500 (FACTS §9), and more than a chart has room for. */
const maxPoints = 300

/** The smallest step that keeps a range within `maxPoints`. */
export function stepFor(startMs: number, endMs: number): number {
  const rangeS = Math.max(0, endMs - startMs) / 1_000
  return steps.find((step) => rangeS / step <= maxPoints) ?? Math.ceil(rangeS / maxPoints)
}

const names = new Map<string, Pick<MetricSeries, 'name' | 'unit'>>([
  ['cpu', { name: 'cpu', unit: 'percent' }],
  ['disk.0.iops.read', { name: 'disk.read_ops', unit: 'operations_per_second' }],
  ['disk.0.iops.write', { name: 'disk.write_ops', unit: 'operations_per_second' }],
  ['disk.0.bandwidth.read', { name: 'disk.read_bytes', unit: 'bytes_per_second' }],
  ['disk.0.bandwidth.write', { name: 'disk.write_bytes', unit: 'bytes_per_second' }],
  ['network.0.bandwidth.in', { name: 'network.in_bytes', unit: 'bytes_per_second' }],
  ['network.0.bandwidth.out', { name: 'network.out_bytes', unit: 'bytes_per_second' }],
  ['network.0.pps.in', { name: 'network.in_packets', unit: 'packets_per_second' }],
  ['network.0.pps.out', { name: 'network.out_packets', unit: 'packets_per_second' }],
])

export async function getMetrics(
  client: Client,
  providerId: string,
  kinds: readonly MetricKind[],
  startMs: number,
  endMs: number,
): Promise<Metrics> {
  const stepS = stepFor(startMs, endMs)
  const answer = await client.request(operations.getMetrics, {
    params: { id: providerId },
    query: [
      ...kinds.map((kind) => ['type', kind] as const),
      ['start', new Date(startMs).toISOString()],
      ['end', new Date(endMs).toISOString()],
      ['step', String(stepS)],
    ],
    schema: metricsAnswer,
  })
  return toMetrics(answer.metrics, { start: startMs, end: endMs, stepS })
}

/** Series without a name of ours, and points that are no number, are left out. */
export function toMetrics(wire: WireMetrics, asked: { start: number; end: number; stepS: number }): Metrics {
  const series: MetricSeries[] = []
  for (const [word, { values }] of Object.entries(wire.time_series)) {
    const known = names.get(word)
    if (known) series.push({ ...known, points: values.flatMap(toPoint) })
  }
  return {
    start: toMs(wire.start) ?? asked.start,
    end: toMs(wire.end) ?? asked.end,
    stepS: wire.step ?? asked.stepS,
    series,
  }
}

function toPoint([atS, text]: [number, string | number]): [number, number][] {
  const value = typeof text === 'number' ? text : Number.parseFloat(text)
  return Number.isFinite(value) && Number.isFinite(atS) ? [[Math.round(atS * 1_000), value]] : []
}
