import { describe, expect, it } from 'vitest'
import { stepFor } from '../../../worker/provider/hetzner/metrics.ts'
import { orderedFetch, type Expected } from '../../support/ordered-fetch.ts'
import { failureOf, providerHarness } from '../../support/provider-harness.ts'

const base = 'https://provider.test/v1'
const start = Date.UTC(2026, 9, 1)
const hour = 3_600_000

function setUp(expected: Expected[]) {
  const ordered = orderedFetch(base, expected)
  return { ...ordered, ...providerHarness({ fetch: ordered.fetch }) }
}

describe('metrics', () => {
  it.each([
    [1, 60],
    [5, 60],
    [24, 300],
    [24 * 7, 3_600],
    [24 * 30, 10_800],
  ])('over %i h come in steps of %i s', (hours, step) => expect(stepFor(start, start + hours * hour)).toBe(step))

  it('never have more points than a chart can show', () => {
    for (const hours of [0, 7, 100, 24 * 365 * 5]) {
      expect((hours * 3_600) / stepFor(start, start + hours * hour)).toBeLessThanOrEqual(300)
    }
  })

  it('carry our names, numbers and milliseconds; gaps are gaps', async () => {
    const url =
      '/servers/42/metrics?type=cpu&type=network&start=2026-10-01T00%3A00%3A00.000Z&end=2026-10-01T01%3A00%3A00.000Z&step=60'
    const time_series = {
      cpu: {
        values: [
          [1_790_812_800.5, '12.5'],
          [1_790_812_860, 'NaN'],
          [1_790_812_920, '0'],
        ],
      },
      'network.0.bandwidth.in': { values: [] },
      'memory.0.used': { values: [[1, '2']] },
    }
    const json = { metrics: { start: '2026-10-01T00:00:00Z', end: '2026-10-01T01:00:00+00:00', step: 60, time_series } }
    const { provider, verify } = setUp([{ method: 'GET', url, reply: { json } }])
    expect(await provider.getMetrics('42', ['cpu', 'network'], start, start + hour)).toEqual({
      start,
      end: start + hour,
      stepS: 60,
      series: [
        {
          name: 'cpu',
          unit: 'percent',
          points: [
            [1_790_812_800_500, 12.5],
            [1_790_812_920_000, 0],
          ],
        },
        { name: 'network.in_bytes', unit: 'bytes_per_second', points: [] },
      ],
    })
    verify()
  })
})

const at = (location: string, hourly: string, monthly: string) => ({
  location,
  price_hourly: { net: hourly, gross: '9' },
  price_monthly: { net: monthly, gross: '9' },
})
const asked = (json: unknown): Expected => ({ method: 'GET', url: '/pricing', reply: { json } })

describe('prices', () => {
  const pricing = {
    currency: 'EUR',
    vat_rate: '19.00',
    server_types: [
      { id: 114, name: 'cx23', prices: [at('fsn1', '0.0088000000', '5.4900000000'), { location: 'odd' }] },
    ],
    primary_ips: [
      { type: 'ipv4', prices: [at('fsn1', '0.0008000000', '0.5000000000')] },
      { type: 'ipv6', prices: [at('fsn1', '0', '0')] },
    ],
    server_backup: { percentage: '20.00' },
    volume: { price_per_gb_month: { net: '0.0572', gross: '0.068' } },
  }

  it('are net, plain decimals by location', async () => {
    const { provider, verify } = setUp([asked({ pricing })])
    expect(await provider.getPrices()).toEqual({
      currency: 'EUR',
      vatRate: '19',
      serverTypes: [{ name: 'cx23', location: 'fsn1', hourlyNet: '0.0088', monthlyNet: '5.49' }],
      ipv4: [{ location: 'fsn1', hourlyNet: '0.0008', monthlyNet: '0.5' }],
      backupPercent: '20',
    })
    verify()
  })

  it.each(['currency', 'vat_rate', 'server_types', 'server_backup'])('are not guessed without %s', async (field) => {
    const { provider } = setUp([asked({ pricing: { ...pricing, [field]: undefined } })])
    expect((await failureOf(provider.getPrices())).kind).toBe('malformed')
  })
})
