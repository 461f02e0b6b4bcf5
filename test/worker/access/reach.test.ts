import * as fc from 'fast-check'
import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { schema, withinReach } from '../../../worker/db/index.ts'
import type { UserActor } from '../../../worker/kernel/actor.ts'
import { explain } from '../../../worker/kernel/authorize.ts'
import { permissions, roles, type Permission } from '../../../worker/kernel/permissions.ts'
import { covers, coversEverything, reachOf } from '../../../worker/kernel/reach.ts'
import type { Grant, Resource, Scope } from '../../../worker/kernel/scope.ts'
import { keyFacet, testCtx } from '../../support/ctx.ts'
import { insertAccount, insertServer } from '../../support/fleet.ts'

const { servers: s, serverMetadata: m } = schema

/** Every combination that a rule could confuse. */
const projects = [null, 'shop', 'Shop', 'lab']
const environments = [null, 'prod', 'test']
const labelSets: Record<string, string>[] = [
  {},
  { env: 'prod' },
  { env: 'test', team: '' },
  { env: 'prod', team: 'web' },
]

const resources = new Map<string, Resource>()
let accountIds: string[] = []

beforeAll(async () => {
  accountIds = [await insertAccount({ name: 'One' }), await insertAccount({ name: 'Two' })]
  for (const accountId of accountIds) {
    for (const labels of labelSets) {
      for (const project of projects) {
        for (const environment of environments) {
          const metadata = { ...(project ? { project } : {}), ...(environment ? { environment } : {}) }
          const id = await insertServer(accountId, {}, { ...metadata, labels })
          resources.set(id, { serverId: id, accountId, labels, project, environment })
        }
      }
    }
  }
})

const permission = fc.constantFrom<Permission>('servers:read', 'servers:power', 'costs:read')
const selector = fc.constantFrom(
  'env=prod',
  'env!=prod',
  'team',
  '!team',
  'team=',
  'env in (prod,test),!team',
  'env notin (test)',
  '((',
)
const scope = fc.oneof<fc.Arbitrary<Scope>[]>(
  fc.constant({ kind: 'everything' }),
  fc.constantFrom(0, 1).map((n) => ({ kind: 'account', accountId: accountIds[n] ?? '' })),
  fc.record({
    kind: fc.constant('project' as const),
    project: fc.constantFrom('shop', 'Shop', 'none'),
    environment: fc.constantFrom(null, 'prod'),
  }),
  fc.record({
    kind: fc.constant('labels' as const),
    selector,
    accountId: fc.constantFrom(null, 0, 1).map((n) => (n === null ? null : (accountIds[n] ?? ''))),
  }),
  fc.nat(resources.size).map((n) => ({ kind: 'server', serverId: [...resources.keys()][n % resources.size] ?? '' })),
)
const grant: fc.Arbitrary<Grant> = fc.record({
  id: fc.constant('grt_x'),
  effect: fc.constantFrom('allow', 'deny'),
  permissions: fc.array(permission, { minLength: 1, maxLength: 2 }),
  scope,
})
const actor: fc.Arbitrary<UserActor> = fc.record({
  kind: fc.constant('user'),
  id: fc.constant('usr_x'),
  name: fc.constant('X'),
  role: fc.constantFrom(...roles),
  overrides: fc.array(
    permission.chain((name) => fc.constantFrom<UserActor['overrides'][number]>(`+${name}`, `-${name}`)),
    { maxLength: 2 },
  ),
  grants: fc.array(grant, { maxLength: 4 }),
  sessionId: fc.constant('ses_x'),
  verifiedAt: fc.constant(0),
  key: fc.option(
    fc
      .record({
        permissions: fc.array(permission, { maxLength: 3 }),
        scopes: fc.array(scope, { minLength: 1, maxLength: 2 }),
      })
      .map(keyFacet),
    { nil: null },
  ),
})

describe('where somebody has a permission', () => {
  it('is the same asked of one server, of a list in memory, and of the database', async () => {
    const { db } = testCtx()
    await fc.assert(
      fc.asyncProperty(actor, permission, async (who, what) => {
        const reach = reachOf(who, what)
        const one = [...resources].filter(([, resource]) => explain(who, what, resource).allowed).map(([id]) => id)
        const listed = [...resources].filter(([, resource]) => covers(reach, resource)).map(([id]) => id)
        const rows = await db.select({ id: s.id }).from(s).leftJoin(m, eq(m.serverId, s.id)).where(withinReach(reach))
        expect(listed).toEqual(one)
        expect(rows.map((row) => row.id).toSorted()).toEqual(one.toSorted())
        if (coversEverything(reach)) expect(one).toHaveLength(resources.size)
        // Whoever may for one thing may "somewhere"; the other way round, a rule may be about what is not there.
        if (one.length > 0) expect(explain(who, what).allowed).toBe(true)
      }),
      { numRuns: 600 },
    )
  })

  it('is nowhere beyond reading for a viewer, whatever was added', () => {
    fc.assert(
      fc.property(actor, fc.constantFrom(...(Object.keys(permissions) as Permission[])), (who, what) => {
        const decision = explain({ ...who, role: 'VIEWER' }, what)
        if (!what.endsWith(':read') && what !== 'api-keys:use') expect(decision.allowed).toBe(false)
      }),
    )
  })

  it('never grows by a key', () => {
    fc.assert(
      fc.property(actor, permission, (who, what) => {
        for (const resource of resources.values()) {
          if (explain(who, what, resource).allowed)
            expect(explain({ ...who, key: null }, what, resource).allowed).toBe(true)
        }
      }),
    )
  })
})
