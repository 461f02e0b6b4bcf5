import { X509Certificate } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { uploadable } from '../../support/certificate.ts'
import { newZone } from '../../../worker/simulator/core/resources/zones/create.ts'
import { createTestWorld, refusal, type TestWorld } from './client.ts'

const DAY = 86_400

/** Puts a zone into the world, as managed certificates need one. */
function addZone(world: TestWorld, name: string, mode: 'primary' | 'secondary' = 'primary'): number {
  const { tables } = world.simulator.world
  const project = [...tables.projects.all()][0]?.id ?? 0
  const id = world.simulator.world.nextId('zones')
  return tables.zones.put(newZone({ id, project, name, mode, created: 0 })).id
}

function addCaa(world: TestWorld, zone: number, name: string, value: string): void {
  const { tables } = world.simulator.world
  const id = world.simulator.world.nextId('rrsets')
  const own = { ttl: null, protection: { change: false }, labels: {}, created: 0 }
  const project = tables.zones.get(zone)?.project ?? 0
  tables.rrsets.put({ id, project, zone, name, type: 'CAA', records: [{ value }], ...own })
}

/** Orders a managed certificate and waits for its action to end. */
function order(world: TestWorld, ...names: string[]) {
  const { certificate, action } = world.post('/certificates', {
    name: names.join(' '),
    type: 'managed',
    domain_names: names,
  }).body
  const path = `/certificates/${certificate.id}`
  world.advance(6)
  const read = () => world.get(path).body.certificate
  return { path, ordered: certificate, action: () => world.get(`/actions/${action.id}`).body.action, read }
}

describe('uploaded certificates', () => {
  test('say what the uploaded text says, at once and without an action', () => {
    const world = createTestWorld()
    const upload = uploadable(['shop.example', '*.shop.example'])
    const { status, body } = world.post('/certificates', { name: 'own', labels: { a: 'b' }, ...upload })
    const real = new X509Certificate(upload.certificate)
    expect(status).toBe(201)
    expect(body).toMatchObject({
      action: null,
      certificate: {
        type: 'uploaded',
        certificate: upload.certificate,
        domain_names: ['shop.example', '*.shop.example'],
        fingerprint: real.fingerprint256.toLowerCase(),
        status: null,
        used_by: [],
        labels: { a: 'b' },
      },
    })
    expect(Date.parse(body.certificate.not_valid_before)).toBe(Date.parse(real.validFrom))
    expect(Date.parse(body.certificate.not_valid_after)).toBe(Date.parse(real.validTo))
    expect(JSON.stringify(body)).not.toContain('PRIVATE KEY')
    expect(world.get(`/certificates/${body.certificate.id}/actions`).body.actions).toEqual([])
  })

  test('keep the private key nowhere, not even in what was written', () => {
    const world = createTestWorld()
    world.post('/certificates', { name: 'own', ...uploadable(['a.example']) })
    const kept = Object.values(world.simulator.world.tables).map((table) => JSON.stringify([...table.all()]))
    expect(kept.join()).toContain('BEGIN CERTIFICATE')
    expect(kept.join()).not.toContain('PRIVATE KEY')
  })

  test.each([
    ['a key of another certificate', { private_key: uploadable(['b.example']).private_key }, 'private_key'],
    ['no key', { private_key: undefined }, 'private_key'],
    ['a certificate for a key', { private_key: uploadable(['b.example']).certificate }, 'private_key'],
    ['text that is no certificate', { certificate: 'hello' }, 'certificate'],
    [
      'a broken certificate',
      { certificate: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' },
      'certificate',
    ],
  ])('%s is refused', (_what, change, field) => {
    const answer = createTestWorld().post('/certificates', { name: 'own', ...uploadable(['a.example']), ...change })
    expect(refusal(answer)).toEqual([422, 'invalid_input'])
    expect(answer.body.error.details.fields).toEqual([expect.objectContaining({ name: field })])
  })

  test('have unique names, are found by name, type and label, and can be renamed and relabelled', () => {
    const world = createTestWorld()
    const upload = uploadable(['a.example'])
    const { id } = world.post('/certificates', { name: 'a', ...upload }).body.certificate
    expect(refusal(world.post('/certificates', { name: 'a', ...upload }))).toEqual([409, 'uniqueness_error'])
    world.post('/certificates', { name: 'b', type: 'managed', domain_names: ['b.example'] })
    world.send('PUT', `/certificates/${id}`, { name: 'c', labels: { env: 'test' } })
    const names = (query: string): string[] =>
      world.get(`/certificates?${query}`).body.certificates.map(({ name }: { name: string }) => name)
    expect(names('sort=name:desc')).toEqual(['c', 'b'])
    expect(names('type=managed')).toEqual(['b'])
    expect(names('label_selector=env%3Dtest')).toEqual(['c'])
    expect(names('name=a')).toEqual([])
  })

  test('no more of them than the project may have', () => {
    const world = createTestWorld()
    const project = [...world.simulator.world.tables.projects.all()][0]
    if (!project) throw new Error('no project')
    project.limits.certificates = 0
    expect(refusal(world.post('/certificates', { name: 'a', ...uploadable(['a.example']) }))).toEqual([
      403,
      'resource_limit_exceeded',
    ])
  })
})

describe('managed certificates', () => {
  test('are issued by their action for the domains of a zone, as real certificates', () => {
    const world = createTestWorld()
    addZone(world, 'shop.example')
    const { ordered, action, read } = order(world, 'shop.example', '*.shop.example')
    expect(ordered).toMatchObject({
      certificate: null,
      fingerprint: null,
      not_valid_after: null,
      status: { issuance: 'pending', renewal: 'unavailable', error: null },
    })
    expect(action()).toMatchObject({ command: 'create_certificate', status: 'success', error: null })
    const issued = read()
    expect(issued.status).toEqual({ issuance: 'completed', renewal: 'scheduled', error: null })
    const real = new X509Certificate(issued.certificate)
    expect(real.subjectAltName).toBe('DNS:shop.example, DNS:*.shop.example')
    expect(real.fingerprint256.toLowerCase()).toBe(issued.fingerprint)
    expect((Date.parse(real.validTo) - Date.parse(real.validFrom)) / 1_000).toBe(90 * DAY - 1)
  })

  test('without a zone they fail with the reason, and can be retried until there is one', () => {
    const world = createTestWorld()
    const { path, action, read } = order(world, 'www.shop.example')
    expect(action()).toMatchObject({ status: 'error', error: { code: 'dns_zone_not_found' } })
    expect(read()).toMatchObject({
      certificate: null,
      status: { issuance: 'failed', renewal: 'unavailable', error: { code: 'dns_zone_not_found' } },
    })
    addZone(world, 'shop.example')
    expect(world.post(`${path}/actions/retry`).body.action).toMatchObject({
      command: 'issue_certificate',
      status: 'running',
    })
    expect(read().status).toEqual({ issuance: 'pending', renewal: 'unavailable', error: null })
    world.advance(6)
    expect(read().status).toEqual({ issuance: 'completed', renewal: 'scheduled', error: null })
    expect(refusal(world.post(`${path}/actions/retry`))).toEqual([422, 'unsupported_error'])
  })

  test('a secondary zone and a CAA record for another authority keep them from being issued', () => {
    const world = createTestWorld()
    addZone(world, 'second.example', 'secondary')
    const zone = addZone(world, 'shop.example')
    addCaa(world, zone, '@', '0 issue "other.example"')
    addCaa(world, zone, 'open', '0 issue "letsencrypt.org"')
    const reason = (name: string): string | undefined => order(world, name).read().status.error?.code
    expect(reason('a.second.example')).toBe('dns_zone_is_secondary_zone')
    expect(reason('www.shop.example')).toBe('caa_record_does_not_allow_ca')
    expect(reason('a.open.shop.example')).toBeUndefined()
  })

  test('a fault fails the issuance with its own code', () => {
    const world = createTestWorld()
    addZone(world, 'shop.example')
    world.control('POST', '/faults', {
      kind: 'action_error',
      code: 'ca_too_many_duplicate_certificates',
      message: 'too many',
    })
    expect(order(world, 'shop.example').read().status).toEqual({
      issuance: 'failed',
      renewal: 'unavailable',
      error: { code: 'ca_too_many_duplicate_certificates', message: 'too many' },
    })
  })

  test('are renewed thirty days before they end; where the zone is gone, that fails and can be retried', () => {
    const world = createTestWorld()
    const zone = addZone(world, 'shop.example')
    const { path, read } = order(world, 'shop.example')
    const first = read()
    world.advance(59 * DAY)
    expect(read().fingerprint).toBe(first.fingerprint)
    world.advance(2 * DAY)
    const second = read()
    expect(second.fingerprint).not.toBe(first.fingerprint)
    expect(Date.parse(second.not_valid_after)).toBeGreaterThan(Date.parse(first.not_valid_after) + 60 * DAY * 1_000)
    world.simulator.world.tables.zones.delete(zone)
    world.advance(61 * DAY)
    expect(read()).toMatchObject({
      fingerprint: second.fingerprint,
      status: { issuance: 'completed', renewal: 'failed', error: { code: 'dns_zone_not_found' } },
    })
    addZone(world, 'shop.example')
    expect(world.post(`${path}/actions/retry`).status).toBe(201)
    world.advance(6)
    expect(read().status).toEqual({ issuance: 'completed', renewal: 'scheduled', error: null })
    expect(read().fingerprint).not.toBe(second.fingerprint)
  })

  test.each([[[]], [['not a name']], [['-a.example']], [['*.*.example']], [['localhost']]])(
    'the domain names %j are refused',
    (domain_names) => {
      const answer = createTestWorld().post('/certificates', { name: 'a', type: 'managed', domain_names })
      expect(refusal(answer)).toEqual([422, 'invalid_input'])
    },
  )
})

test('a certificate that a load balancer presents says so, and stays until it does no more', () => {
  const world = createTestWorld()
  const { id } = world.post('/certificates', { name: 'tls', ...uploadable(['shop.example']) }).body.certificate
  const balancer = world.post('/load_balancers', {
    name: 'front',
    load_balancer_type: 'lb11',
    location: 'fsn1',
    services: [{ protocol: 'https', http: { certificates: [id] } }],
  }).body.load_balancer.id
  expect(world.get(`/certificates/${id}`).body.certificate.used_by).toEqual([{ id: balancer, type: 'load_balancer' }])
  const kept = world.send('DELETE', `/certificates/${id}`)
  expect([...refusal(kept), kept.body.error.message]).toEqual([422, 'service_error', 'certificate still in use'])
  world.send('DELETE', `/load_balancers/${balancer}`)
  expect(world.send('DELETE', `/certificates/${id}`)).toMatchObject({ status: 204, text: '' })
})
