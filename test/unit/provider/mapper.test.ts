import { describe, expect, it } from 'vitest'
import { plainDecimal } from '../../../worker/provider/hetzner/decimal.ts'
import { toAction, toPaging, toServer } from '../../../worker/provider/hetzner/mapper.ts'
import { wireAction, wireServer } from '../../../worker/provider/hetzner/wire.ts'
import { serverStatuses } from '../../../worker/provider/provider.ts'
import { wireActionFixture, wireMeta, wireServerFixture } from '../../support/hetzner-fixtures.ts'

const server = (overrides: Record<string, unknown> = {}) => toServer(wireServer.parse(wireServerFixture(overrides)))
const action = (overrides: Record<string, unknown> = {}) => toAction(wireAction.parse(wireActionFixture(overrides)))
const type = (overrides: Record<string, unknown>) => ({
  server_type: { ...(wireServerFixture()['server_type'] as object), ...overrides },
})

describe('a server', () => {
  it('is told in our words', () => {
    expect(server()).toEqual({
      providerId: '42',
      name: 'web-1',
      status: 'running',
      typeName: 'cx23',
      architecture: 'x86',
      cores: 2,
      memoryMb: 4096,
      diskGb: 40,
      location: 'fsn1',
      country: 'DE',
      imageName: 'ubuntu-24.04',
      ipv4: '192.0.2.7',
      ipv6: '2001:db8::/64',
      privateIps: ['10.0.0.2'],
      labels: { env: 'prod' },
      backups: true,
      locked: false,
      deleteProtected: true,
      rescue: false,
      typeDeprecatedAt: null,
      includedTrafficBytes: 21990232555520,
      outgoingTrafficBytes: 123456,
      hourlyNet: '0.0088',
      monthlyNet: '5.49',
      createdAt: Date.UTC(2026, 0, 30, 23, 55),
    })
  })

  it('needs no more than an id and a name', () => {
    const bare = toServer(wireServer.parse({ id: 7, name: 'lost' }))
    expect(bare).toMatchObject({ providerId: '7', name: 'lost', status: 'unknown', location: 'unknown', country: '' })
    expect(bare).toMatchObject({ typeName: 'unknown', cores: 0, hourlyNet: null, monthlyNet: null, imageName: null })
    expect(Object.values(bare).every((value) => value !== undefined && !Number.isNaN(value))).toBe(true)
  })

  it.each([{ name: 'no id' }, { id: 1 }, { id: '1', name: 'x' }, { id: 1, name: '' }, null, 'server'])(
    'is not one without them: %j',
    (raw) => expect(wireServer.safeParse(raw).success).toBe(false),
  )

  it.each(Object.keys(wireServerFixture()).filter((key) => key !== 'id' && key !== 'name'))(
    'survives %s missing, null and of another type',
    (key) => {
      for (const odd of [undefined, null, 17.5, 'odd', ['odd', 3], { odd: true }]) {
        expect(server({ [key]: odd }), JSON.stringify(odd)).toMatchObject({ providerId: '42', name: 'web-1' })
      }
    },
  )

  it('passes over fields nobody told us about', () => {
    expect(server({ quantum_state: { spin: 'up' } })).toEqual(server())
  })

  it.each(serverStatuses)('can be %s', (status) => expect(server({ status }).status).toBe(status))

  it('is unknown when its status is a new word', () => expect(server({ status: 'hibernating' }).status).toBe('unknown'))

  it('has no price where the catalogue has none', () => {
    expect(server({ location: { name: 'hel1', country: 'FI' } })).toMatchObject({ hourlyNet: null, monthlyNet: null })
  })

  it('loses one odd price, not the others', () => {
    const prices = [{ location: 'fsn1' }, ...(wireServerFixture()['server_type'] as { prices: unknown[] }).prices]
    expect(server(type({ prices }))).toMatchObject({ monthlyNet: '5.49' })
  })

  it('is known by its image’s description where that has no name', () => {
    expect(server({ image: { name: null, description: 'before upgrade' } }).imageName).toBe('before upgrade')
    expect(server({ image: null }).imageName).toBeNull()
  })

  it('may have no public address at all', () => {
    const none = server({ public_net: { ipv4: null, ipv6: null, floating_ips: [] }, private_net: [] })
    expect(none).toMatchObject({ ipv4: null, ipv6: null, privateIps: [] })
  })

  const end = '2026-11-30T00:00:00Z'
  const announced = { announced: '2026-08-31T00:00:00Z', unavailable_after: end }
  it.each([
    ['at its location', { locations: [{ name: 'fsn1', deprecation: announced }] }, Date.parse(end)],
    ['at another location only', { locations: [{ name: 'nbg1', deprecation: announced }] }, null],
    ['everywhere', { locations: [], deprecation: announced }, Date.parse(end)],
    ['in the older form', { locations: undefined, deprecated: end }, Date.parse(end)],
    ['as a mere flag', { locations: undefined, deprecated: true }, null],
  ])('says when its type ends: %s', (_, change, expected) => {
    expect(server(type(change)).typeDeprecatedAt).toBe(expected)
  })
})

describe('an action', () => {
  it.each([
    ['start_server', 'start'],
    ['shutdown_server', 'stop'],
    ['stop_server', 'power_off'],
    ['reboot_server', 'reboot'],
    ['reset_server', 'reset'],
    ['create_image', null],
  ])('%s is %s', (command, power) => expect(action({ command })).toMatchObject({ command, power }))

  it('believes an error only of an action that failed', () => {
    const error = { code: 'action_failed', message: 'Action failed' }
    expect(action({ status: 'success', progress: 100, error }).error).toBeNull()
    expect(action({ status: 'error', error })).toMatchObject({ status: 'failed', error })
    expect(action({ status: 'error', error: null }).error).toEqual({ code: 'unknown_error', message: '' })
  })

  it('is still running when its status is a new word', () => {
    expect(action({ status: 'postponed' }).status).toBe('running')
  })

  it('names the servers it concerns and nothing else', () => {
    const resources = [{ id: 42, type: 'server' }, { id: 3, type: 'image' }, { id: 43, type: 'server' }, 'odd']
    expect(action({ resources }).serverIds).toEqual(['42', '43'])
  })

  it('keeps progress within 0 and 100', () => {
    expect(action({ progress: 250 }).progress).toBe(100)
    expect(action({ progress: undefined, status: 'success' }).progress).toBe(100)
  })
})

describe('the pages of a list', () => {
  it('are as many as the provider says', () => {
    expect(toPaging(2, wireMeta(2, 3, 120).pagination, 50)).toEqual({ page: 2, lastPage: 3, total: 120 })
  })

  it('are one when it says nothing', () =>
    expect(toPaging(1, undefined, 12)).toEqual({ page: 1, lastPage: 1, total: 12 }))

  it('are counted from the total, or from the next page, when the last is not told', () => {
    const told = { page: 1, per_page: 50, next_page: 2, last_page: null, total_entries: null }
    expect(toPaging(1, { ...told, total_entries: 120 }, 50).lastPage).toBe(3)
    expect(toPaging(1, told, 50)).toEqual({ page: 1, lastPage: 2, total: 50 })
  })
})

describe('a price', () => {
  it.each([
    ['5.4900000000', '5.49'],
    ['0.0088000000000000', '0.0088'],
    ['3.0000', '3'],
    ['100', '100'],
    ['0', '0'],
    ['0.00', '0'],
    ['007.50', '7.5'],
  ])('%s is written %s', (wire, plain) => expect(plainDecimal(wire)).toBe(plain))
})
