import { describe, expect, test } from 'vitest'
import { createTestWorld, refusal, type Answer, type TestWorld } from './client.ts'

const NAME = 'shop.example'
const NAMESERVERS = ['hydrogen.ns.hetzner.com.', 'oxygen.ns.hetzner.com.', 'helium.ns.hetzner.de.']

const zoneOf = (world: TestWorld, key: number | string = NAME) => world.get(`/zones/${key}`).body.zone
const actionOf = (world: TestWorld, answer: Answer) => world.get(`/actions/${answer.body.action.id}`).body.action

/** A zone that is ready. */
function addZone(world: TestWorld, name = NAME, body: Record<string, unknown> = {}): number {
  const answer = world.post('/zones', { name, mode: 'primary', ...body })
  if (answer.status !== 201) throw new Error(answer.text)
  world.advance(5)
  return answer.body.zone.id as number
}

describe('a zone', () => {
  test('is created with the provider’s SOA and nameservers, and is ready when its action ends', () => {
    const world = createTestWorld({ wallClock: () => Date.UTC(2026, 10, 21) })
    const { status, body } = world.post('/zones', { name: NAME, mode: 'primary', labels: { env: 'test' } })
    expect(status).toBe(201)
    expect(body.action).toMatchObject({
      command: 'create_zone',
      status: 'running',
      resources: [{ id: body.zone.id, type: 'zone' }],
    })
    expect(body.zone).toMatchObject({
      name: NAME,
      mode: 'primary',
      status: 'updating',
      ttl: 3_600,
      record_count: 4,
      primary_nameservers: [],
      labels: { env: 'test' },
      protection: { delete: false },
      registrar: 'unknown',
      authoritative_nameservers: {
        assigned: NAMESERVERS,
        delegated: [],
        delegation_last_check: null,
        delegation_status: 'unknown',
      },
    })
    world.advance(2)
    expect(zoneOf(world).status).toBe('ok')
    const { rrsets } = world.get(`/zones/${NAME}/rrsets?sort=id`).body
    expect(rrsets).toMatchObject([
      { id: '@/NS', ttl: 10_800, records: NAMESERVERS.map((value) => ({ value })) },
      {
        id: '@/SOA',
        ttl: null,
        records: [{ value: 'hydrogen.ns.hetzner.com. dns.hetzner.com. 2026112100 86400 10800 3600000 3600' }],
      },
    ])
  })

  test('is the same by its id and by its name', () => {
    const world = createTestWorld()
    const id = addZone(world)
    expect(zoneOf(world, id)).toEqual(zoneOf(world, NAME))
    expect(world.get(`/zones/${id}/actions`).body).toEqual(world.get(`/zones/${NAME}/actions`).body)
    for (const key of ['other.example', String(id + 1), 'SHOP.example'])
      expect(refusal(world.get(`/zones/${key}`))).toEqual([404, 'not_found'])
  })

  test('has its delegation looked at a minute later', () => {
    const world = createTestWorld()
    addZone(world)
    addZone(world, 'nobody.invalid')
    world.advance(60)
    expect(zoneOf(world)).toMatchObject({
      registrar: 'other',
      authoritative_nameservers: { delegated: NAMESERVERS, delegation_status: 'valid' },
    })
    expect(zoneOf(world).authoritative_nameservers.delegation_last_check).toMatch(/Z$/)
    expect(zoneOf(world, 'nobody.invalid').authoritative_nameservers).toMatchObject({
      delegated: [],
      delegation_status: 'unregistered',
    })
  })

  test.each([
    'Shop.example',
    'shop.example.',
    'shop',
    'www.shop.example',
    'co.uk',
    'sh op.example',
    '-shop.example',
    `${'a'.repeat(64)}.example`,
    'münchen.de',
  ])('cannot be called %s', (name) => {
    const answer = createTestWorld().post('/zones', { name, mode: 'primary' })
    expect(refusal(answer)).toEqual([422, 'invalid_input'])
    expect(answer.body.error.details.fields[0].name).toBe('name')
  })

  test.each(['shop.co.uk', 'xn--mnchen-3ya.de'])('can be called %s', (name) => {
    expect(createTestWorld().post('/zones', { name, mode: 'primary' }).status).toBe(201)
  })

  test('has a name of its own in its project, and a place in its quota', () => {
    const world = createTestWorld()
    addZone(world)
    expect(refusal(world.post('/zones', { name: NAME, mode: 'primary' }))).toEqual([409, 'uniqueness_error'])
    world.control('PUT', '/projects/test/limits', { zones: 1 })
    expect(refusal(world.post('/zones', { name: 'b.example', mode: 'primary' }))).toEqual([
      403,
      'resource_limit_exceeded',
    ])
  })

  test('is listed by name, mode and label, in order', () => {
    const world = createTestWorld()
    addZone(world, 'b.example', { labels: { env: 'x' } })
    addZone(world, 'a.example', { mode: 'secondary', primary_nameservers: [{ address: '203.0.113.1' }] })
    const names = (query: string) => world.get(`/zones?${query}`).body.zones.map((zone: { name: string }) => zone.name)
    expect(names('sort=name')).toEqual(['a.example', 'b.example'])
    expect(names('mode=secondary')).toEqual(['a.example'])
    expect(names('label_selector=env%3Dx')).toEqual(['b.example'])
    expect(names('name=a.example')).toEqual(['a.example'])
    expect(names('name=A.example')).toEqual([])
  })

  test('is deleted with its records once its action ends, unless it is protected', () => {
    const world = createTestWorld()
    addZone(world)
    world.post(`/zones/${NAME}/actions/change_protection`, { delete: true })
    expect(refusal(world.send('DELETE', `/zones/${NAME}`))).toEqual([423, 'protected'])
    world.post(`/zones/${NAME}/actions/change_protection`, { delete: false })
    const answer = world.send('DELETE', `/zones/${NAME}`)
    expect([answer.status, answer.body.action.command]).toEqual([201, 'delete_zone'])
    expect(refusal(world.send('DELETE', `/zones/${NAME}`))).toEqual([423, 'locked'])
    world.advance(2)
    expect(refusal(world.get(`/zones/${NAME}`))).toEqual([404, 'not_found'])
    expect(actionOf(world, answer).status).toBe('success')
    expect(world.simulator.world.tables.rrsets.size).toBe(0)
  })

  test('takes no change while it is being created, and leaves nothing behind when that fails', () => {
    const world = createTestWorld()
    world.control('POST', '/faults', { kind: 'action_error', command: 'create_zone', times: 1 })
    const answer = world.post('/zones', { name: NAME, mode: 'primary' })
    const records = [{ value: '192.0.2.1' }]
    expect(refusal(world.post(`/zones/${NAME}/rrsets`, { name: '@', type: 'A', records }))).toEqual([423, 'locked'])
    world.advance(5)
    expect(actionOf(world, answer)).toMatchObject({ status: 'error', error: { code: 'action_failed' } })
    expect(world.get('/zones').body.zones).toEqual([])
    expect(world.simulator.world.tables.rrsets.size).toBe(0)
  })

  test('has another TTL, between a minute and the most there is', () => {
    const world = createTestWorld()
    addZone(world)
    const change = (ttl: unknown) => world.post(`/zones/${NAME}/actions/change_ttl`, { ttl })
    for (const ttl of [59, 2_147_483_648, 'long', undefined, 60.5])
      expect(refusal(change(ttl))).toEqual([422, 'invalid_input'])
    expect(change(60).body.action.command).toBe('change_ttl')
    expect(zoneOf(world).ttl).toBe(60)
  })

  test('in one project is nothing in another', () => {
    const world = createTestWorld()
    const id = addZone(world)
    const { token } = world.control('POST', '/projects', { name: 'other' }).body.project
    for (const key of [id, NAME])
      expect(refusal(world.send('GET', `/zones/${key}/rrsets`, undefined, token))).toEqual([404, 'not_found'])
    expect(world.send('POST', '/zones', { name: NAME, mode: 'primary' }, token).status).toBe(201)
  })
})

describe('a secondary zone', () => {
  const nameservers = [{ address: '203.0.113.1', port: 5353, tsig_key: 'c2VjcmV0', tsig_algorithm: 'hmac-sha256' }]
  const secondary = { mode: 'secondary', primary_nameservers: nameservers }

  test('is transferred from its nameservers, which can be others later', () => {
    const world = createTestWorld()
    addZone(world, NAME, secondary)
    expect(zoneOf(world)).toMatchObject({ mode: 'secondary', record_count: 0, primary_nameservers: nameservers })
    const path = `/zones/${NAME}/actions/change_primary_nameservers`
    world.post(path, { primary_nameservers: [{ address: '2001:db8::1' }] })
    expect(zoneOf(world)).toMatchObject({
      status: 'updating',
      primary_nameservers: [{ address: '2001:db8::1', port: 53 }],
    })
    world.advance(2)
    expect(zoneOf(world).status).toBe('ok')
  })

  test.each([
    ['no address', [{ port: 53 }]],
    ['a name', [{ address: 'ns.example.com' }]],
    ['the same address twice', [{ address: '203.0.113.1' }, { address: '203.0.113.1', port: 54 }]],
    ['a key that is no base64', [{ address: '203.0.113.1', tsig_key: 'not base64' }]],
    ['an unknown algorithm', [{ address: '203.0.113.1', tsig_algorithm: 'md4' }]],
    ['an impossible port', [{ address: '203.0.113.1', port: 65_536 }]],
    ['none at all', []],
  ])('is refused with %s', (_what, primary_nameservers) => {
    const answer = createTestWorld().post('/zones', { name: NAME, mode: 'secondary', primary_nameservers })
    expect(refusal(answer)).toEqual([422, 'invalid_input'])
  })

  test('has no records to read or change here, and a primary one no nameservers', () => {
    const world = createTestWorld()
    addZone(world, NAME, secondary)
    addZone(world, 'own.example')
    const wrong: [string, string, unknown?][] = [
      ['GET', '/rrsets'],
      ['POST', '/rrsets', { name: '@', type: 'A', records: [{ value: '192.0.2.1' }] }],
      ['GET', '/rrsets/@/A'],
      ['DELETE', '/rrsets/@/A'],
      ['POST', '/rrsets/@/A/actions/add_records', { records: [{ value: '192.0.2.1' }] }],
      ['GET', '/zonefile'],
      ['POST', '/actions/import_zonefile', { zonefile: 'x' }],
      ['POST', '/actions/change_ttl', { ttl: 600 }],
    ]
    for (const [method, path, body] of wrong)
      expect([method, path, ...refusal(world.send(method, `/zones/${NAME}${path}`, body))]).toEqual([
        method,
        path,
        422,
        'incorrect_zone_mode',
      ])
    const answer = world.post('/zones/own.example/actions/change_primary_nameservers', {
      primary_nameservers: nameservers,
    })
    expect(refusal(answer)).toEqual([422, 'incorrect_zone_mode'])
  })

  test('leaves no key of its transfer in the record of writes', () => {
    const world = createTestWorld()
    addZone(world, NAME, secondary)
    const writes = JSON.stringify([...world.simulator.world.tables.writes.all()])
    expect(writes).toContain('203.0.113.1')
    expect(writes).not.toContain('c2VjcmV0')
  })
})

describe('a zone file', () => {
  const file = (lines: string) =>
    [
      `$ORIGIN\t${NAME}.`,
      '$TTL 2h',
      '@ IN SOA hydrogen.ns.hetzner.com. dns.hetzner.com. (',
      '  2024010100 ; serial',
      '  86400 10800 3600000 3600 )',
      ...NAMESERVERS.map((name) => `@ 10800 IN NS ${name} ; Some comment.`),
      lines,
    ].join('\n')
  const contentOf = (world: TestWorld) =>
    world
      .get(`/zones/${NAME}/rrsets?per_page=100&sort=id`)
      .body.rrsets.map((rrset: { id: string; ttl: number; records: { value: string }[] }) => [
        rrset.id,
        rrset.ttl,
        ...rrset.records.map(({ value }) => value),
      ])

  test('makes a zone: owners, TTLs, classes, quotes and parentheses as RFC 1035 has them', () => {
    const world = createTestWorld()
    const lines = ['www 300 IN A 192.0.2.1', '    300 A 192.0.2.2', `a.${NAME}. CNAME @`, 'txt TXT "a; b" "c"']
    addZone(world, NAME, { zonefile: file(lines.join('\n')) })
    expect(zoneOf(world)).toMatchObject({ ttl: 7_200, record_count: 8 })
    expect(contentOf(world).filter(([id]: string[]) => !id?.startsWith('@'))).toEqual([
      ['a/CNAME', null, '@'],
      ['txt/TXT', null, '"a; b" "c"'],
      ['www/A', 300, '192.0.2.1', '192.0.2.2'],
    ])
  })

  test('that was exported is imported again without a change but of the serial', () => {
    const world = createTestWorld()
    addZone(world, NAME, { rrsets: [{ name: 'www', type: 'A', ttl: 60, records: [{ value: '192.0.2.1' }] }] })
    const before = contentOf(world)
    const { zonefile } = world.get(`/zones/${NAME}/zonefile`).body
    expect(zonefile).toContain('www\tIN\t60\tA\t192.0.2.1')
    const answer = world.post(`/zones/${NAME}/actions/import_zonefile`, { zonefile })
    expect(answer.body.action.command).toBe('import_zonefile')
    expect(zoneOf(world).status).toBe('updating')
    world.advance(2)
    expect(zoneOf(world).status).toBe('ok')
    const serial = /(?<=com\. )\d{10}/
    const plain = (rows: string[][]) => JSON.stringify(rows).replace(serial, '')
    expect(plain(contentOf(world))).toBe(plain(before))
    const serials = [before, contentOf(world)].map((rows) => Number(serial.exec(JSON.stringify(rows))?.[0]))
    expect(serials[1]).toBe((serials[0] ?? 0) + 1)
  })

  test('replaces everything, unless something of it is protected', () => {
    const world = createTestWorld()
    addZone(world, NAME, { rrsets: [{ name: 'old', type: 'A', records: [{ value: '192.0.2.1' }] }] })
    const send = () => world.post(`/zones/${NAME}/actions/import_zonefile`, { zonefile: file('new A 192.0.2.2') })
    world.post(`/zones/${NAME}/rrsets/old/A/actions/change_protection`, { change: true })
    expect(refusal(send())).toEqual([423, 'protected'])
    world.post(`/zones/${NAME}/rrsets/old/A/actions/change_protection`, { change: false })
    expect(send().status).toBe(201)
    expect(contentOf(world).map(([id]: string[]) => id)).toEqual(['@/NS', '@/SOA', 'new/A'])
  })

  test.each([
    ['another origin', () => file('').replace(`$ORIGIN\t${NAME}.`, '$ORIGIN other.example.')],
    ['another class', () => file('www CH A 192.0.2.1')],
    ['a missing nameserver', () => file('').replace(/^.*helium.*$/m, '')],
    ['no SOA', () => file('').replace(/^@ IN SOA[^)]*\)/m, '')],
    ['a name outside the zone', () => file('www.other.example. A 192.0.2.1')],
    ['an unknown type', () => file('www SPF "x"')],
    ['a bad value', () => file('www A 192.0.2.256')],
    ['a directive to include', () => file('$INCLUDE other')],
    ['an alias beside other records', () => file('www CNAME @\nwww A 192.0.2.1')],
    ['two TTLs of one RRSet', () => file('www 60 A 192.0.2.1\nwww 90 A 192.0.2.2')],
    ['nothing', () => 'nothing'],
  ])('is refused with %s, and changes nothing', (_what, zonefile) => {
    const world = createTestWorld()
    addZone(world)
    const before = contentOf(world)
    const answer = world.post(`/zones/${NAME}/actions/import_zonefile`, { zonefile: zonefile() })
    expect(refusal(answer)).toEqual([422, 'invalid_input'])
    expect(contentOf(world)).toEqual(before)
    const created = world.post('/zones', { name: NAME.replace('shop', 'two'), mode: 'primary', zonefile: zonefile() })
    expect(refusal(created)).toEqual([422, 'invalid_input'])
  })

  test('and RRSets are not given both', () => {
    const rrsets = [{ name: 'www', type: 'A', records: [{ value: '192.0.2.1' }] }]
    const answer = createTestWorld().post('/zones', { name: NAME, mode: 'primary', rrsets, zonefile: file('') })
    expect(refusal(answer)).toEqual([422, 'invalid_input'])
  })
})
