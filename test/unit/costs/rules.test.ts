import Big from 'big.js'
import { describe, expect, it } from 'vitest'
import { readPrices } from '../../../worker/features/costs/price-list.ts'
import {
  costOf,
  due,
  formatDecimal,
  hoursStarted,
  monthStart,
  parseDecimal,
  percentOf,
  rateOf,
  type BilledServer,
} from '../../../worker/features/costs/rules.ts'

const at = (text: string) => Date.parse(`${text}Z`)
const rate = (hourly: string, monthly: string) => ({ hourly: new Big(hourly), monthly: new Big(monthly) })

describe('decimals', () => {
  it.each([
    ['0.0088000000000000', '0.0088'],
    ['5.4900000000000000', '5.49'],
    ['0', '0'],
    ['0.0000000001', '0.0000000001'],
    ['123456789012345678901.5', '123456789012345678901.5'],
  ])('%s is exact, and leaves as %s', (text, shown) => {
    const value = parseDecimal(text)
    expect(value && formatDecimal(value)).toBe(shown)
  })

  it.each(['', ' 1', '1.', '.5', '-1', '+1', '1e5', '1,5', 'NaN', 'Infinity', '0x10', '1.2.3', '9'.repeat(31)])(
    '%j is unknown, not nothing',
    (text) => expect(parseDecimal(text)).toBeNull(),
  )

  it('absence is unknown, and half a rate is none', () => {
    expect(parseDecimal(null)).toBeNull()
    expect(parseDecimal(undefined)).toBeNull()
    expect(rateOf('0.1', null)).toBeNull()
    expect(rateOf(null, '3')).toBeNull()
    expect(rateOf('0.1', 'soon')).toBeNull()
  })

  it('adding is exact where binary numbers are not', () => {
    expect(formatDecimal(new Big('0.1').plus('0.2'))).toBe('0.3')
  })
})

describe('hours started', () => {
  it.each([
    ['the very first instant of the month', '2025-12-01T00:00:00', null, '2026-02-01T00:00:00', 0],
    ['a millisecond into the month', '2025-12-01T00:00:00', null, '2026-02-01T00:00:00.001', 1],
    ['the end of the first hour', '2025-12-01T00:00:00', null, '2026-02-01T01:00:00', 1],
    ['just into the second hour', '2025-12-01T00:00:00', null, '2026-02-01T01:00:00.001', 2],
    ['the last hour of January', '2025-12-01T00:00:00', null, '2026-01-31T23:59:59.999', 744],
    ['the last hour of February', '2025-12-01T00:00:00', null, '2026-02-28T23:59:59.999', 672],
    ['the last hour of a leap February', '2027-12-01T00:00:00', null, '2028-02-29T23:59:59.999', 696],
    ['created in the middle of the month', '2026-02-15T12:30:00', null, '2026-02-15T14:00:00', 2],
    ['created now', '2026-02-15T12:30:00', null, '2026-02-15T12:30:00', 0],
    ['created later', '2026-02-16T00:00:00', null, '2026-02-15T12:30:00', 0],
    ['gone in the month', '2026-01-01T00:00:00', '2026-02-02T00:10:00', '2026-02-20T00:00:00', 25],
    ['created and gone in the month', '2026-02-02T00:00:00', '2026-02-02T00:10:00', '2026-02-20T00:00:00', 1],
    ['gone before the month', '2026-01-01T00:00:00', '2026-01-31T23:00:00', '2026-02-20T00:00:00', 0],
    ['gone later', '2026-01-01T00:00:00', '2026-02-25T00:00:00', '2026-02-01T02:00:00', 2],
  ])('%s', (_name, created, deleted, asOf, hours) => {
    expect(hoursStarted(at(created), deleted === null ? null : at(deleted), at(asOf))).toBe(hours)
  })

  it('months begin at 00:00 UTC, also over a change of year', () => {
    expect(monthStart(at('2026-01-01T00:00:00'))).toBe(at('2026-01-01T00:00:00'))
    expect(monthStart(at('2025-12-31T23:59:59.999'))).toBe(at('2025-12-01T00:00:00'))
  })
})

describe('what is due', () => {
  it.each([
    [0, '0'],
    [1, '0.0088'],
    [100, '0.88'],
    [623, '5.4824'],
    [624, '5.49'],
    [744, '5.49'],
  ])('%i hours', (hours, amount) => {
    expect(formatDecimal(due(rate('0.0088000000000000', '5.4900000000000000'), hours))).toBe(amount)
  })

  it('a percentage divides nothing', () => {
    const { hourly, monthly } = percentOf(rate('0.0088', '5.49'), new Big('20.0000000000'))
    expect([formatDecimal(hourly), formatDecimal(monthly)]).toEqual(['0.00176', '1.098'])
  })
})

const prices = (over: object = {}) =>
  readPrices(
    JSON.stringify({
      currency: 'EUR',
      vatRate: '19',
      serverTypes: [{ name: 'cx23', location: 'fsn1', hourlyNet: '0.01', monthlyNet: '5' }],
      ipv4: [{ location: 'fsn1', hourlyNet: '0.001', monthlyNet: '0.5' }],
      backupPercent: '20',
      ...over,
    }),
    0,
  )

const server = (over: Partial<BilledServer> = {}): BilledServer => ({
  typeName: 'cx23',
  location: 'fsn1',
  hourlyNet: '0.01',
  monthlyNet: '5',
  currency: 'EUR',
  hasIpv4: true,
  backups: false,
  createdAt: at('2025-01-01T00:00:00'),
  deletedAt: null,
  ...over,
})

/** A hundred hours into March. */
const asOf = at('2026-03-05T04:00:00')

function shown(subject: BilledServer, list = prices()) {
  const cost = costOf(subject, list, asOf)
  const text = (value: Big | null) => value && formatDecimal(value)
  return [
    cost.currency,
    text(cost.serverMonthly),
    text(cost.ipv4Monthly),
    text(cost.backupMonthly),
    text(cost.monthly),
    text(cost.monthToDate),
    cost.unknownParts.join(),
  ]
}

describe('the cost of a server', () => {
  it.each([
    ['with an IPv4', server(), ['EUR', '5', '0.5', '0', '5.5', '1.1', '']],
    ['without one', server({ hasIpv4: false }), ['EUR', '5', '0', '0', '5', '1', '']],
    ['with backups, of the server alone', server({ backups: true }), ['EUR', '5', '0.5', '1', '6.5', '1.3', '']],
    [
      'from the list where the catalogue had no price',
      server({ hourlyNet: null, monthlyNet: null, currency: null }),
      ['EUR', '5', '0.5', '0', '5.5', '1.1', ''],
    ],
    [
      'at its own price before the list’s',
      server({ hourlyNet: '0.02', monthlyNet: '9', hasIpv4: false }),
      ['EUR', '9', '0', '0', '9', '2', ''],
    ],
    [
      'of a type that nobody has a price for: its IPv4 alone is no total',
      server({ typeName: 'old1', hourlyNet: null, monthlyNet: null, backups: true }),
      ['EUR', null, '0.5', null, null, null, 'server,backups'],
    ],
    [
      'where the IPv4 has no price: the rest, and said so',
      server({ location: 'hel1' }),
      ['EUR', '5', null, '0', '5', '1', 'ipv4'],
    ],
    [
      'in another currency than the list: no part of the list is mixed in',
      server({ currency: 'USD', backups: true }),
      ['USD', '5', null, null, '5', '1', 'ipv4,backups'],
    ],
    [
      'created in the middle of the month',
      server({ createdAt: at('2026-03-05T02:30:00') }),
      ['EUR', '5', '0.5', '0', '5.5', '0.022', ''],
    ],
    [
      'gone this month: nothing from now on, what was due stays',
      server({ deletedAt: at('2026-03-01T09:30:00') }),
      ['EUR', '0', '0', '0', '0', '0.11', ''],
    ],
    ['gone before', server({ deletedAt: at('2026-02-01T09:30:00') }), ['EUR', '0', '0', '0', '0', '0', '']],
  ])('%s', (_name, subject, expected) => expect(shown(subject)).toEqual(expected))

  it('has no currency without a list and a price', () => {
    const unpriced = server({ hourlyNet: null, monthlyNet: null, currency: null })
    expect(shown(unpriced, null)).toEqual([null, null, null, '0', null, null, 'server,ipv4'])
  })

  it('a list that cannot be read is no list', () => {
    for (const json of ['', '{', 'null', '{"currency":"EUR"}']) expect(readPrices(json, 0)).toBeNull()
    expect(shown(server({ backups: true }), prices({ backupPercent: 'twenty' }))[6]).toBe('backups')
  })
})
