import { formatNumber, formatPercent, formatRate } from '#lib/format/index.ts'
import { m } from '#lib/paraglide/messages.js'
import type { Series } from '#lib/ui/chart.ts'
import type { ServerMetrics } from '../types.ts'

export const metricRanges = ['1h', '6h', '24h', '7d', '30d'] as const
export type MetricRange = (typeof metricRanges)[number]

export interface MetricChart {
  id: string
  label: string
  /** s since epoch */
  times: number[]
  series: Series[]
  format: (value: number) => string
  max?: number
}

type Line = { name: string; label: () => string; colour: Series['colour']; dash?: boolean }
type Group = { id: string; label: () => string; lines: Line[]; format: (value: number) => string }

const perSecond = (value: number) =>
  m.servers_per_second({ rate: formatNumber(value, { maximumFractionDigits: value < 10 ? 1 : 0 }) })
const read = { label: m.servers_metric_read, colour: 'indigo' } as const
const write = { label: m.servers_metric_write, colour: 'violet', dash: true } as const
const into = { label: m.servers_metric_in, colour: 'blue' } as const
const out = { label: m.servers_metric_out, colour: 'green', dash: true } as const

const groups: readonly Group[] = [
  {
    id: 'cpu',
    label: m.servers_metric_cpu,
    lines: [{ name: 'cpu', label: m.servers_metric_cpu, colour: 'indigo' }],
    format: (value) => formatPercent(value / 100, value < 10 ? 1 : 0),
  },
  {
    id: 'network',
    label: m.servers_metric_network,
    lines: [
      { name: 'network.in_bytes', ...into },
      { name: 'network.out_bytes', ...out },
    ],
    format: (value) => formatRate(value),
  },
  {
    id: 'disk',
    label: m.servers_metric_disk,
    lines: [
      { name: 'disk.read_bytes', ...read },
      { name: 'disk.write_bytes', ...write },
    ],
    format: (value) => formatRate(value),
  },
  {
    id: 'operations',
    label: m.servers_metric_operations,
    lines: [
      { name: 'disk.read_ops', ...read },
      { name: 'disk.write_ops', ...write },
    ],
    format: perSecond,
  },
]

/** The charts there are values for, each with its lines on one time axis. */
export function toCharts(metrics: ServerMetrics): MetricChart[] {
  return groups.flatMap((group): MetricChart[] => {
    const found = group.lines.flatMap((line) => {
      const series = metrics.series.find((candidate) => candidate.name === line.name)
      return series && series.points.length > 0
        ? [{ line, values: new Map(series.points.map(([at = 0, value = 0]) => [at, value])) }]
        : []
    })
    if (found.length === 0) return []
    const times = [...new Set(found.flatMap(({ values }) => [...values.keys()]))].toSorted((a, b) => a - b)
    return [
      {
        id: group.id,
        label: group.label(),
        times: times.map((ms) => ms / 1_000),
        series: found.map(({ line, values }) => ({
          label: line.label(),
          colour: line.colour,
          values: times.map((at) => values.get(at) ?? null),
          ...(line.dash ? { dash: true } : {}),
        })),
        format: group.format,
        ...(group.id === 'cpu' ? { max: ceiling(found.flatMap(({ values }) => [...values.values()])) } : {}),
      },
    ]
  })
}

/** 100 % is one core: several of them go beyond it, in whole hundreds. An idle one still shows how idle. */
const ceiling = (values: number[]): number =>
  Math.max(1, Math.ceil(values.reduce((a, b) => Math.max(a, b), 0) / 100)) * 100
