import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../../../worker/kernel/errors.ts'
import {
  filterAnswer,
  operations,
  redact,
  table,
  type Operation,
  type Visible,
} from '../../../../worker/provider/hetzner/operations/index.ts'

const only =
  (...ids: number[]): Visible =>
  (_, id) =>
    ids.includes(id)

const server = (id: number) => ({
  id,
  name: `s${id}`,
  labels: { server: 'label', id: 'x' },
  public_net: {
    ipv4: { id: 900, ip: '1.2.3.4' },
    ipv6: null,
    floating_ips: [901, 1],
    firewalls: [{ id: 902, status: 'applied' }],
  },
  private_net: [
    { network: 903, ip: '10.0.0.2' },
    { network: 1, ip: '10.1.0.2' },
  ],
  server_type: { id: 904, name: 'cx23' },
  location: { id: 905, network_zone: 'eu-central' },
  image: { id: 906, type: 'system', created_from: null, bound_to: null },
  volumes: [907, 1],
  load_balancers: [908],
  placement_group: { id: 909, servers: [1, 910] },
  primary_disk_size: 40,
  brand_new: { text: 'kept', backup_server: 911, peers: [{ server_id: 912, at: 'x' }] },
})

const codeOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
  return 'passed'
}

const HIDDEN = 666
const REFERRING = new Set(['server', 'servers', 'volumes', 'network', 'resources', 'server_id', 'applied_to'])

/** What the answer shows, or nothing where it is refused in words. */
function seenOf(operation: Operation, answer: unknown): unknown {
  try {
    return filterAnswer(operation, answer, only(1))
  } catch (error) {
    expect(error).toBeInstanceOf(AppError)
    return null
  }
}

/** Every value in the place of a reference: by its field's name, or in a list under that name. */
function referred(value: unknown, name = ''): unknown[] {
  if (Array.isArray(value)) return value.flatMap((one) => referred(one, name))
  if (typeof value !== 'object' || value === null) return REFERRING.has(name) ? [value] : []
  return Object.entries(value).flatMap(([field, inside]) => referred(inside, field))
}

describe('what an answer shows', () => {
  test('a list holds only what is in scope, and inside it nothing that is not, and no counts', () => {
    const answer = {
      servers: [server(1), server(2)],
      meta: { pagination: { total_entries: 2 } },
      surprise: [server(3)],
    }
    const before = structuredClone(answer)
    expect(filterAnswer(table['GET /servers'], answer, only(1))).toEqual({
      servers: [
        {
          ...server(1),
          public_net: { ipv4: { id: null, ip: '1.2.3.4' }, ipv6: null, floating_ips: [1], firewalls: [] },
          private_net: [{ network: 1, ip: '10.1.0.2' }],
          volumes: [1],
          load_balancers: [],
          placement_group: null,
          brand_new: { text: 'kept', peers: [{ at: 'x' }] },
        },
      ],
    })
    expect(answer).toEqual(before)
  })

  test('everything in sight is left as it is', () => {
    const { brand_new: _, ...known } = server(1)
    expect(filterAnswer(table['GET /servers/{id}'], { server: known }, () => true)).toEqual({ server: known })
  })

  test.each([
    ['GET /volumes/{id}', { volume: { id: 1, server: 9, size: 10 } }, { volume: { id: 1, server: null, size: 10 } }],
    [
      'GET /networks/{id}',
      { network: { id: 1, servers: [1, 9], subnets: [{ vswitch_id: 9 }] } },
      { network: { id: 1, servers: [1], subnets: [{ vswitch_id: 9 }] } },
    ],
    [
      'GET /firewalls/{id}',
      {
        firewall: {
          id: 1,
          applied_to: [
            { type: 'server', server: { id: 9 } },
            {
              type: 'label_selector',
              label_selector: { selector: 'a' },
              applied_to_resources: [{ type: 'server', server: { id: 9 } }],
            },
          ],
        },
      },
      {
        firewall: {
          id: 1,
          applied_to: [{ type: 'label_selector', label_selector: { selector: 'a' }, applied_to_resources: [] }],
        },
      },
    ],
    [
      'GET /primary_ips/{id}',
      { primary_ip: { id: 1, assignee_id: 9, assignee_type: 'server' } },
      { primary_ip: { id: 1, assignee_id: null, assignee_type: 'server' } },
    ],
    ['GET /floating_ips/{id}', { floating_ip: { id: 1, server: 9 } }, { floating_ip: { id: 1, server: null } }],
    [
      'GET /images/{id}',
      { image: { id: 1, type: 'backup', bound_to: 9, created_from: { id: 9, name: 'secret' } } },
      { image: { id: 1, type: 'backup', bound_to: null, created_from: null } },
    ],
    [
      'GET /placement_groups/{id}',
      { placement_group: { id: 1, servers: [9, 1] } },
      { placement_group: { id: 1, servers: [1] } },
    ],
    [
      'GET /certificates/{id}',
      {
        certificate: {
          id: 1,
          certificate: 'PEM',
          used_by: [
            { id: 9, type: 'load_balancer' },
            { id: 1, type: 'load_balancer' },
          ],
        },
      },
      { certificate: { id: 1, certificate: 'PEM', used_by: [{ id: 1, type: 'load_balancer' }] } },
    ],
    [
      'GET /load_balancers/{id}',
      {
        load_balancer: {
          id: 1,
          targets: [
            { type: 'server', server: { id: 9 } },
            {
              type: 'label_selector',
              label_selector: { selector: 'a' },
              targets: [
                { type: 'server', server: { id: 9 } },
                { type: 'server', server: { id: 1 } },
              ],
            },
          ],
          services: [{ http: { certificates: [9, 1] } }],
          private_net: [{ network: 9 }],
        },
      },
      {
        load_balancer: {
          id: 1,
          targets: [
            {
              type: 'label_selector',
              label_selector: { selector: 'a' },
              targets: [{ type: 'server', server: { id: 1 } }],
            },
          ],
          services: [{ http: { certificates: [1] } }],
          private_net: [],
        },
      },
    ],
    [
      'GET /actions/{id}',
      {
        action: {
          id: 77,
          resources: [
            { id: 1, type: 'server' },
            { id: 9, type: 'volume' },
            { id: 5, type: 'novelty' },
          ],
        },
      },
      { action: { id: 77, resources: [{ id: 1, type: 'server' }] } },
    ],
    [
      'GET /actions',
      {
        actions: [
          { id: 77, resources: [{ id: 9, type: 'server' }] },
          { id: 78, resources: [] },
          { id: 79 },
          { id: 80, resources: [{ id: 1, type: 'iso' }] },
        ],
      },
      { actions: [] },
    ],
    [
      'GET /networks/{id}/members',
      {
        members: [
          { type: 'server', id: 9 },
          { type: 'server', id: 1, ip: 'x' },
        ],
      },
      { members: [{ type: 'server', id: 1, ip: 'x' }] },
    ],
    [
      'GET /zones/{id_or_name}/rrsets',
      {
        rrsets: [
          { id: 'a/A', zone: 9 },
          { id: 'b/A', zone: 1 },
        ],
      },
      { rrsets: [{ id: 'b/A', zone: 1 }] },
    ],
  ] as const)('%s hides what is out of scope', (key, answer, expected) => {
    expect(filterAnswer(table[key], answer, only(1))).toEqual(expected)
  })

  test('a resource out of scope is not found; what was just done is never denied', () => {
    expect(codeOf(() => filterAnswer(table['GET /servers/{id}'], { server: server(2) }, only(1)))).toBe('not_found')
    const done = { action: { id: 1, resources: [{ id: 2, type: 'server' }] } }
    expect(filterAnswer(table['POST /servers/{id}/actions/poweron'], done, only(1))).toEqual({ action: null })
  })

  test.each([[{ servers: { 1: server(1) } }], [{ servers: null }], [{}], [[]], ['x'], [null], [{ server: [] }]])(
    'an unknown form of a list is refused: %j',
    (answer) => {
      expect(codeOf(() => filterAnswer(table['GET /servers'], answer, () => true))).toBe('provider_malformed')
    },
  )

  test('a reference of an unknown form is hidden', () => {
    const answer = { volume: { id: 1, server: { id: 9 }, location: null } }
    expect(filterAnswer(table['GET /volumes/{id}'], answer, () => true)).toEqual({
      volume: { id: 1, server: null, location: null },
    })
    const odd = { server: { id: 1, volumes: 9, private_net: { network: 9 }, public_net: [9], image: 9 } }
    expect(filterAnswer(table['GET /servers/{id}'], odd, () => true)).toEqual({
      server: { id: 1, volumes: null, private_net: null, public_net: null, image: null },
    })
  })

  test('whatever an answer holds, nothing hidden is shown by a name that refers', () => {
    const value = fc.object({
      key: fc.constantFrom(
        'id',
        'server',
        'servers',
        'volumes',
        'network',
        'resources',
        'type',
        'x',
        'server_id',
        'applied_to',
        '__proto__',
        'public_net',
        'image',
      ),
      values: [fc.constant(HIDDEN), fc.constant(null), fc.constant('server')],
      maxDepth: 4,
    })
    const shown = operations.filter(({ answer }) =>
      Object.values(answer).some(({ is }) => is === 'one' || is === 'many'),
    )
    fc.assert(
      fc.property(fc.constantFrom(...shown), value, (operation, inside) => {
        const answer = Object.fromEntries(
          Object.entries(operation.answer).map(([name, { is }]) => [
            name,
            is === 'many' ? [{ ...inside, id: 1 }] : is === 'one' ? { ...inside, id: 1 } : null,
          ]),
        )
        expect(referred(seenOf(operation, answer))).not.toContain(HIDDEN)
      }),
      { numRuns: 5_000 },
    )
  })
})

describe('secrets in answers', () => {
  const created = { server: { id: 1 }, action: null, next_actions: [], root_password: 'hunter2', api_token: 'x' }

  test('are shown to those who may have them, and to nobody else', () => {
    const operation = table['POST /servers']
    expect(redact(operation, created, (needs) => needs === 'servers:console')).toEqual({ ...created, api_token: null })
    expect(redact(operation, created, () => false)).toEqual({ ...created, root_password: null, api_token: null })
    const access = { wss_url: 'wss://x', password: 'p', action: {} }
    expect(redact(table['POST /servers/{id}/actions/request_console'], access, () => false)).toEqual({
      wss_url: null,
      password: null,
      action: {},
    })
  })

  test('keys of zone transfers are hidden in lists and alone', () => {
    const zone = { id: 1, primary_nameservers: [{ address: '1.1.1.1', tsig_key: 'k' }] }
    const hidden = { id: 1, primary_nameservers: [{ address: '1.1.1.1', tsig_key: null }] }
    expect(redact(table['GET /zones'], { zones: [zone] }, () => false)).toEqual({ zones: [hidden] })
    expect(redact(table['GET /zones/{id_or_name}'], { zone }, () => false)).toEqual({ zone: hidden })
    expect(redact(table['GET /zones/{id_or_name}'], { zone }, (needs) => needs === 'zones:manage')).toEqual({ zone })
  })
})
