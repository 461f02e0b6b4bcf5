import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../../../worker/kernel/errors.ts'
import {
  lockedServer,
  operations,
  readReferences,
  readRequest,
  redactBody,
  table,
} from '../../../../worker/provider/hetzner/operations/index.ts'

const codeOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof AppError) return `${error.code} ${error.fields?.[0]?.path}`
    throw error
  }
  return 'passed'
}

describe('what a request names', () => {
  test('everything a new server is given is named, with what it takes', () => {
    const body = {
      name: 'web',
      image: 'ubuntu-24.04',
      server_type: 114,
      ssh_keys: [1, '2', 'mine'],
      volumes: [3],
      networks: [4],
      firewalls: [{ firewall: 5 }],
      placement_group: 6,
      public_net: { ipv4: 7, ipv6: null, enable_ipv6: true },
      user_data: 's3cret',
      datacenter: 'fsn1-dc14',
      __proto__: { x: 1 },
    }
    const { references, body: clean } = readRequest(table['POST /servers'], { ids: {}, body })
    const named = references.map(({ where, kind, needs, ...by }) => [
      where,
      kind,
      'id' in by ? by.id : 'name' in by ? by.name : by,
      needs,
    ])
    expect(named.toSorted()).toEqual(
      [
        ['body.server_type', 'server_type', 114, 'servers:create'],
        ['body.image', 'image', 'ubuntu-24.04', 'images:read'],
        ['body.placement_group', 'placement_group', 6, 'placement-groups:read'],
        ['body.ssh_keys[0]', 'ssh_key', 1, 'ssh-keys:read'],
        ['body.ssh_keys[1]', 'ssh_key', 2, 'ssh-keys:read'],
        ['body.ssh_keys[2]', 'ssh_key', 'mine', 'ssh-keys:read'],
        ['body.volumes[0]', 'volume', 3, 'volumes:manage'],
        ['body.networks[0]', 'network', 4, 'networks:read'],
        ['body.firewalls[0].firewall', 'firewall', 5, 'firewalls:read'],
        ['body.public_net.ipv4', 'primary_ip', 7, 'ips:manage'],
      ].toSorted(),
    )
    const { datacenter: _, ...rest } = body
    expect(clean).toEqual({ ...rest, ssh_keys: [1, 2, 'mine'] })
    expect(JSON.stringify(redactBody(table['POST /servers'], body))).not.toContain('s3cret')
  })

  test('paths and queries are named too, and an unknown parameter is not sent on', () => {
    const query = [
      ['bound_to', '9'],
      ['name', 'x'],
      ['Bound_To', '8'],
      ['bound_to[]', '7'],
      ['toString', '1'],
    ] as const
    const clean = readRequest(table['GET /images'], { ids: {}, query })
    expect(clean.references).toEqual([
      { kind: 'server', needs: 'servers:read', where: 'query.bound_to', by: 'id', id: 9 },
    ])
    expect(clean.query).toEqual([
      ['bound_to', '9'],
      ['name', 'x'],
    ])
    const zone = readReferences(table['DELETE /zones/{id_or_name}'], { ids: { id_or_name: 'example.com' } })
    expect(zone).toEqual([
      { kind: 'zone', needs: 'zones:delete', where: 'path.id_or_name', by: 'name', name: 'example.com' },
    ])
  })

  test('labels that are null are not sent to replace labels', () => {
    const cleaned = (key: 'PUT /volumes/{id}' | 'PUT /zones/{id_or_name}', body: object) =>
      readRequest(table[key], { ids: { id: '1', id_or_name: '1' }, body }).body
    expect(cleaned('PUT /volumes/{id}', { name: 'x', labels: null })).toEqual({ name: 'x' })
    expect(cleaned('PUT /volumes/{id}', { name: null, labels: {} })).toEqual({ name: null, labels: {} })
    expect(cleaned('PUT /zones/{id_or_name}', { labels: null })).toEqual({})
  })

  test('targets are named by id, by labels and by address', () => {
    const body = {
      targets: [
        { type: 'server', server: { id: 1, ip: '1.1.1.1' } },
        { type: 'label_selector', label_selector: { selector: 'a=b' } },
        { type: 'ip', ip: { ip: '2.2.2.2' } },
      ],
    }
    const references = readReferences(table['POST /load_balancers'], { ids: {}, body })
    expect(references).toMatchObject([
      { kind: 'server', by: 'id', id: 1, where: 'body.targets[0].server.id' },
      { kind: 'server', by: 'selector', selector: 'a=b' },
      { kind: 'dedicated_server', by: 'ip', ip: '2.2.2.2' },
    ])
  })

  test.each([
    ['a text for an id', { server: '5' }],
    ['a fraction', { server: 5.5 }],
    ['an id that is not exact', { server: 2 ** 53 }],
    ['zero', { server: 0 }],
    ['an object', { server: { id: 5 } }],
    ['a list', { server: [5] }],
    ['true', { server: true }],
  ])('refuses %s', (_, body) => {
    expect(codeOf(() => readReferences(table['POST /volumes/{id}/actions/attach'], { ids: { id: '1' }, body }))).toBe(
      'invalid_input server',
    )
  })

  test.each(['0123', ' 123', '1e3', '+5', '0x10', '', ' ', '９'])(
    'a name that may be read as a number is refused: %j',
    (name) => {
      const refusal = codeOf(() => readReferences(table['POST /servers'], { ids: {}, body: { image: name } }))
      expect(refusal).toBe(name === '９' ? 'passed' : 'invalid_input image')
    },
  )

  test('a container of another form, a body that is no object, and an unknown type are refused', () => {
    const create = (body: unknown) => codeOf(() => readReferences(table['POST /servers'], { ids: {}, body }))
    expect(create({ volumes: 5 })).toBe('invalid_input volumes')
    expect(create({ firewalls: { firewall: 5 } })).toBe('invalid_input firewalls')
    expect(create([{ volumes: [1] }])).toMatch(/^invalid_input/)
    expect(create('x')).toMatch(/^invalid_input/)
    const assign = { assignee_type: 'load_balancer', assignee_id: 5 }
    expect(codeOf(() => readReferences(table['POST /primary_ips'], { ids: {}, body: assign }))).toBe(
      'invalid_input assignee_type',
    )
  })

  test('the server whose lock is held is found in the path, in the body, or is to be looked up', () => {
    const locked = (operation: (typeof operations)[number], ids: Record<string, string>, body?: unknown) =>
      lockedServer(operation, readReferences(operation, { ids, body }))
    expect(locked(table['POST /servers/{id}/actions/poweron'], { id: '4' })).toBe(4)
    expect(locked(table['POST /volumes/{id}/actions/attach'], { id: '1' }, { server: 5 })).toBe(5)
    expect(locked(table['POST /volumes'], {}, { name: 'x', location: 'fsn1' })).toBeNull()
    expect(locked(table['POST /volumes/{id}/actions/detach'], { id: '1' })).toBe('holder')
    expect(locked(table['GET /servers/{id}'], { id: '1' })).toBeNull()
  })

  test('whatever is sent, it is refused in words, or only what is declared goes on', () => {
    const writes = operations.filter(({ body }) => body)
    fc.assert(
      fc.property(
        fc.constantFrom(...writes),
        fc.object({
          key: fc.constantFrom('server', 'id', 'image', 'type', 'targets', 'volumes', '__proto__', 'constructor', 'x'),
          maxDepth: 3,
        }),
        (operation, body) => {
          const ids = Object.fromEntries(operation.parameters.map(({ name }) => [name, '1']))
          try {
            const { body: clean } = readRequest(operation, { ids, body: JSON.parse(JSON.stringify(body)) })
            const tops = new Set(Object.keys(operation.body ?? {}).map((place) => place.split(/[.[]/)[0]))
            for (const name of Object.keys(clean as object))
              expect(tops.has(name), `${operation.key} ${name}`).toBe(true)
          } catch (error) {
            expect(error).toBeInstanceOf(AppError)
          }
          redactBody(operation, body)
        },
      ),
      { numRuns: 3_000 },
    )
  })
})
