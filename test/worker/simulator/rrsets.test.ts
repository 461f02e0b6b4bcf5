import { beforeEach, describe, expect, test } from 'vitest'
import { createTestWorld, refusal, type Answer, type TestWorld } from './client.ts'

const ZONE = '/zones/shop.example'
const A = '192.0.2.1'
const B = '192.0.2.2'

let world: TestWorld
beforeEach(() => {
  world = createTestWorld({ wallClock: () => Date.UTC(2026, 10, 21) })
  world.post('/zones', { name: 'shop.example', mode: 'primary' })
  world.advance(5)
})

const add = (name: string, type: string, values: string[], more: object = {}): Answer =>
  world.post(`${ZONE}/rrsets`, { name, type, records: values.map((value) => ({ value })), ...more })
const act = (rrset: string, name: string, body: unknown): Answer =>
  world.post(`${ZONE}/rrsets/${rrset}/actions/${name}`, body)
const read = (rrset: string) => world.get(`${ZONE}/rrsets/${rrset}`).body.rrset
const valuesOf = (rrset: string): string[] => read(rrset).records.map(({ value }: { value: string }) => value)
const serial = (): number => Number(valuesOf('@/SOA')[0]?.split(' ')[2])

describe('an RRSet', () => {
  test('is created, read, labelled and deleted by its name and type, and the serial follows', () => {
    const { status, body } = add('www', 'A', [A], { ttl: 300, labels: { a: 'b' } })
    expect(status).toBe(201)
    expect(body.action).toMatchObject({ command: 'create_rrset', status: 'running', resources: [{ type: 'zone' }] })
    expect(body.rrset).toEqual({
      id: 'www/A',
      name: 'www',
      type: 'A',
      ttl: 300,
      labels: { a: 'b' },
      protection: { change: false },
      records: [{ value: A, comment: '' }],
      zone: body.action.resources[0].id,
    })
    expect(read('www/A')).toEqual(body.rrset)
    expect(serial()).toBe(2026112101)
    const put = world.send('PUT', `${ZONE}/rrsets/www/A`, { labels: { c: 'd' } })
    expect([put.status, put.body.rrset.labels]).toEqual([200, { c: 'd' }])
    const gone = world.send('DELETE', `${ZONE}/rrsets/www/A`)
    expect([gone.status, gone.body.action.command]).toEqual([201, 'delete_rrset'])
    expect(refusal(world.get(`${ZONE}/rrsets/www/A`))).toEqual([404, 'not_found'])
    expect(serial()).toBe(2026112102)
  })

  test('raises the serial to a new day’s first', () => {
    world.advance(86_400)
    add('www', 'A', [A])
    expect(serial()).toBe(2026112200)
  })

  test('is there once, and an alias is alone at its name', () => {
    add('www', 'A', [A])
    add('blog', 'CNAME', ['www'])
    expect(refusal(add('www', 'A', [B]))).toEqual([409, 'uniqueness_error'])
    expect(add('www', 'AAAA', ['2001:db8::1']).status).toBe(201)
    for (const [name, type, value] of [
      ['www', 'CNAME', '@'],
      ['blog', 'TXT', '"x"'],
      ['@', 'CNAME', 'www'],
    ] as const)
      expect([name, ...refusal(add(name, type, [value]))]).toEqual([name, 422, 'invalid_input'])
    expect(refusal(add('two', 'CNAME', ['a', 'b']))).toEqual([422, 'invalid_input'])
    expect(refusal(act('blog/A', 'add_records', { records: [{ value: A }] }))).toEqual([422, 'invalid_input'])
  })

  test.each(['WWW', 'www.', 'www.shop.example', 'shop.example', '', 'a..b', 'a.*.b', '-a', 'ü', 'a'.repeat(64)])(
    'cannot be called "%s"',
    (name) => {
      expect(refusal(add(name, 'A', [A]))).toEqual([422, 'invalid_input'])
    },
  )

  test.each(['@', '*', '*.dev', '_dmarc', 'a.b.c', 'xn--4bi'])('can be called %s', (name) => {
    expect(add(name, 'A', [A]).status).toBe(201)
    expect(read(`${encodeURIComponent(name)}/A`)).toMatchObject({ name })
    expect(read(`${name}/A`)).toMatchObject({ name })
  })

  test('is listed by name, type and label, in order, at most a hundred a page', () => {
    for (let index = 0; index < 110; index++) add(`host-${index}`, 'A', [A], { labels: { odd: String(index % 2) } })
    const list = (query: string) => world.get(`${ZONE}/rrsets?${query}`).body
    const ids = (query: string) => list(query).rrsets.map(({ id }: { id: string }) => id)
    expect(ids('')).toHaveLength(25)
    expect(ids('per_page=500')).toHaveLength(100)
    expect(list('per_page=100').meta.pagination).toMatchObject({ total_entries: 112, last_page: 2 })
    expect(ids('name=host-7')).toEqual(['host-7/A'])
    expect(ids('type=SOA&type=NS&sort=id')).toEqual(['@/NS', '@/SOA'])
    expect(ids('label_selector=odd%3D1&per_page=100')).toHaveLength(55)
    expect(ids('sort=name:desc')[0]).toBe('host-99/A')
  })

  test('that is protected is not changed', () => {
    add('www', 'A', [A])
    expect(act('www/A', 'change_protection', { change: true }).body.action.command).toBe('change_rrset_protection')
    const records = [{ value: A, comment: 'x' }]
    for (const name of ['set_records', 'add_records', 'remove_records', 'update_records', 'change_ttl'])
      expect([name, ...refusal(act('www/A', name, { records, ttl: 300 }))]).toEqual([name, 423, 'protected'])
    expect(refusal(world.send('DELETE', `${ZONE}/rrsets/www/A`))).toEqual([423, 'protected'])
    expect(refusal(act('www/A', 'change_protection', {}))).toEqual([422, 'invalid_input'])
    act('www/A', 'change_protection', { change: false })
    expect(serial()).toBe(2026112101)
    expect(act('www/A', 'set_records', { records }).status).toBe(201)
    expect(serial()).toBe(2026112102)
  })

  test('has a TTL of its own or the zone’s', () => {
    add('www', 'A', [A], { ttl: 300 })
    expect(refusal(act('www/A', 'change_ttl', {}))).toEqual([422, 'invalid_input'])
    expect(refusal(act('www/A', 'change_ttl', { ttl: 59 }))).toEqual([422, 'invalid_input'])
    expect(act('www/A', 'change_ttl', { ttl: null }).body.action.command).toBe('change_rrset_ttl')
    expect(read('www/A').ttl).toBeNull()
  })
})

describe('records', () => {
  test('are set, added, commented and removed, with the RRSet made and taken away as needed', () => {
    const added = act('www/A', 'add_records', { records: [{ value: A }], ttl: 120 })
    expect([added.status, added.body.action.command]).toEqual([201, 'add_rrset_records'])
    act('www/A', 'add_records', { records: [{ value: B, comment: 'two' }] })
    expect(read('www/A')).toMatchObject({ ttl: 120, records: [{ value: A }, { value: B, comment: 'two' }] })
    const updated = act('www/A', 'update_records', { records: [{ value: A, comment: 'one' }] })
    expect([updated.status, updated.body.action.command]).toEqual([200, 'update_rrset_records'])
    expect(read('www/A').records).toEqual([
      { value: A, comment: 'one' },
      { value: B, comment: 'two' },
    ])
    act('www/A', 'remove_records', { records: [{ value: A }] })
    expect(valuesOf('www/A')).toEqual([B])
    expect(act('www/A', 'set_records', { records: [{ value: A }] }).body.action.command).toBe('set_rrset_records')
    expect(valuesOf('www/A')).toEqual([A])
    act('www/A', 'remove_records', { records: [{ value: A }] })
    expect(refusal(world.get(`${ZONE}/rrsets/www/A`))).toEqual([404, 'not_found'])
  })

  test('that many add at once are all there', () => {
    for (const value of [A, B, '192.0.2.3']) act('www/A', 'add_records', { records: [{ value }] })
    expect(valuesOf('www/A')).toEqual([A, B, '192.0.2.3'])
  })

  test('stay as they were when the action fails', () => {
    add('www', 'A', [A])
    world.control('POST', '/faults', { kind: 'action_error', command: 'set_rrset_records', times: 1 })
    const { id } = act('www/A', 'set_records', { records: [{ value: B }] }).body.action
    world.advance(2)
    expect(world.get(`/actions/${id}`).body.action.status).toBe('error')
    expect(valuesOf('www/A')).toEqual([A])
  })

  test('are one to fifty, distinct, and those that are there', () => {
    add('www', 'A', [A], { ttl: 300 })
    const many = Array.from({ length: 51 }, (_, index) => ({ value: `198.51.100.${index}` }))
    const wrong: [string, unknown][] = [
      ['set_records', { records: [] }],
      ['set_records', {}],
      ['set_records', { records: many }],
      ['set_records', { records: [{ value: B }, { value: B }] }],
      ['add_records', { records: [{ value: A }] }],
      ['add_records', { records: many.slice(0, 50) }],
      ['add_records', { records: [{ value: B }], ttl: 301 }],
      ['remove_records', { records: [{ value: B }] }],
      ['update_records', { records: [{ value: B, comment: 'x' }] }],
      ['update_records', { records: [{ value: A }] }],
    ]
    for (const [name, body] of wrong)
      expect([name, ...refusal(act('www/A', name, body))]).toEqual([name, 422, 'invalid_input'])
    expect(valuesOf('www/A')).toEqual([A])
    for (const name of ['set_records', 'remove_records', 'update_records', 'change_ttl'])
      expect(refusal(act('none/A', name, { records: [{ value: A, comment: 'x' }], ttl: 300 }))).toEqual([
        404,
        'not_found',
      ])
    expect(refusal(act('www/SPF', 'add_records', { records: [{ value: '"x"' }] }))).toEqual([404, 'not_found'])
  })

  test('of the SOA can be changed, but never to an older serial, nor be deleted', () => {
    const value = (number: number) => `hydrogen.ns.hetzner.com. admin.shop.example. ${number} 3600 600 604800 300`
    act('@/SOA', 'set_records', { records: [{ value: value(1) }] })
    expect(valuesOf('@/SOA')).toEqual([value(2026112101)])
    expect(refusal(world.send('DELETE', `${ZONE}/rrsets/@/SOA`))).toEqual([422, 'invalid_input'])
    const records = [{ value: value(2026112101) }]
    expect(refusal(act('@/SOA', 'remove_records', { records }))).toEqual([422, 'invalid_input'])
  })

  test.each([
    ['A', A, '192.0.2.256'],
    ['A', '0.0.0.0', '192.0.2'],
    ['A', '255.255.255.255', '2001:db8::1'],
    ['AAAA', '2001:db8::1', '192.0.2.1'],
    ['AAAA', '::ffff:192.0.2.1', '2001:db8:::1'],
    ['CAA', '0 issue "letsencrypt.org; validationmethods=dns-01"', 'issue "letsencrypt.org"'],
    ['CNAME', 'target.example.net.', 'not a name'],
    ['DS', '60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118', '60485 5 1 XYZ'],
    ['HINFO', '"PC" "Linux"', '"PC"'],
    ['HTTPS', '1 . alpn="h3,h2" port=8443', 'alpn=h2'],
    ['MX', '10 mail.example.net.', 'mail.example.net.'],
    ['MX', '0 .', '65536 mail'],
    ['NS', 'ns1.example.net.', '"ns1"'],
    ['PTR', 'host.example.net.', 'a b'],
    ['RP', 'admin.example.net. txt.example.net.', 'admin@example.net'],
    ['SRV', '10 60 5060 sip.example.net.', '10 60 sip.example.net.'],
    ['SVCB', '0 svc.example.net.', 'svc.example.net.'],
    ['TLSA', '3 1 1 0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3', '3 1 1'],
    ['TXT', '"v=spf1 -all"', 'v=spf1 -all'],
    ['TXT', `"${'a'.repeat(255)}" "b"`, `"${'a'.repeat(256)}"`],
    ['TXT', String.raw`"with \"quotes\""`, '"open'],
  ])('of type %s: %s is one and %s is not', (type, good, bad) => {
    expect([good, add('x', type, [good]).status]).toEqual([good, 201])
    const answer = add('y', type, [bad])
    expect([bad, ...refusal(answer)]).toEqual([bad, 422, 'invalid_input'])
    expect(answer.body.error.details.fields[0].name).toBe('records.0.value')
  })
})

test('the demo’s zones are such as a client could have made', () => {
  const demo = createTestWorld({ seed: 'company' }).simulator.world
  const zones = [...demo.tables.zones.all()].map(({ name, mode }) => [name, mode])
  expect(zones).toEqual(
    expect.arrayContaining([
      ['shop.example', 'primary'],
      ['office.example', 'secondary'],
    ]),
  )
  for (const [index, { zone, name, type, records }] of [...demo.tables.rrsets.all()].entries()) {
    if (type === 'SOA' || (name === '@' && type === 'NS')) continue
    const path = `/zones/copy-${zone}.example`
    world.post('/zones', { name: `copy-${zone}.example`, mode: 'primary' })
    world.advance(5)
    const { status, text } = world.post(`${path}/rrsets`, { name, type, records })
    expect([index, name, type, status, status === 201 || text]).toEqual([index, name, type, 201, true])
  }
})
