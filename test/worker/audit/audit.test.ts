import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { listAudit } from '../../../worker/features/audit/list.ts'
import { listAuditInput, type AuditEntryView, type AuditFacets } from '../../../worker/features/audit/schemas.ts'
import { encodeCursor } from '../../../worker/kernel/page.ts'
import { testCtx } from '../../support/ctx.ts'
import { execute, queryAll } from '../../support/database.ts'
import { readError, readJson, signInAs, type TestSession } from '../../support/session.ts'

interface Row {
  operation: string
  at: string
  phase: string
  action?: string
  actor?: string
  target?: string
  source?: string
}

let written = 0

/** A row as the one path of a change writes it. */
async function write(row: Row): Promise<void> {
  const { operation, at, phase, action = 'server.start', actor = 'ada', target = 'web-1', source = 'web' } = row
  const sql = `INSERT INTO audit_log (id, operation_id, at, phase, action, actor_kind, actor_id, actor_name, target_type,
    target_id, target_name, reason, error_code, source, ip, user_agent, request_id, before, after)
    VALUES (?, ?, ?, ?, ?, 'user', ?, ?, 'server', ?, ?, NULL, ?, ?, '192.0.2.1', 'test', ?, NULL, ?)`
  const id = `aud_test_${++written}`
  const code = phase === 'failed' ? 'provider_unavailable' : null
  const after = phase === 'succeeded' ? '{"status":"running"}' : null
  const values = [`usr_${actor}`, `Name of ${actor}`, `srv_${target}`, target, code, source, `req_${id}`, after]
  await execute(sql, id, operation, Date.parse(`2001-01-${at}Z`), phase, action, ...values)
}

const list = (query: object = {}) =>
  listAudit(testCtx(), listAuditInput.parse({ from: '2001-01-01T00:00:00Z', to: '2001-02-01T00:00:00Z', ...query }))
const operationsOf = async (query: object = {}) => (await list(query)).items.map((entry) => entry.operationId)

let [viewer, user] = [] as unknown as [TestSession, TestSession]

beforeAll(async () => {
  viewer = await signInAs('VIEWER')
  user = await signInAs('USER')
  // The first goes on while the others begin, and ends from elsewhere.
  await write({ operation: 'op1', at: '01T00:00:00', phase: 'started' })
  await write({ operation: 'op2', at: '02T00:00:00', phase: 'started', actor: 'bob', target: '100%_x' })
  await write({ operation: 'op2', at: '02T00:00:01', phase: 'failed', actor: 'bob', target: '100%_x' })
  await write({ operation: 'op3', at: '03T00:00:00', phase: 'denied', actor: 'eve', action: 'server.reset' })
  await write({ operation: 'op4', at: '04T00:00:00', phase: 'started', action: 'server.stop', target: 'db-1' })
  await write({ operation: 'op4', at: '04T00:00:01', phase: 'accepted', action: 'server.stop', target: 'db-1' })
  await write({ operation: 'op1', at: '05T00:00:00', phase: 'succeeded', actor: 'cron', source: 'cron' })
})

describe('the list', () => {
  it('shows every operation once, where it began, as it stands now', async () => {
    const { items, nextCursor } = await list()
    expect(items.map((entry) => [entry.operationId, entry.phase])).toEqual([
      ['op4', 'accepted'],
      ['op3', 'denied'],
      ['op2', 'failed'],
      ['op1', 'succeeded'],
    ])
    expect(nextCursor).toBeNull()
    expect(items[3]).toMatchObject({
      actor: { kind: 'user', id: 'usr_ada', name: 'Name of ada' },
      target: { type: 'server', id: 'srv_web-1', name: 'web-1' },
      source: 'web',
      startedAt: '2001-01-01T00:00:00.000Z',
      endedAt: '2001-01-05T00:00:00.000Z',
      after: { status: 'running' },
    })
    expect(items[0]).toMatchObject({ endedAt: null, errorCode: null })
    expect(items[2]).toMatchObject({ errorCode: 'provider_unavailable', at: '2001-01-02T00:00:01.000Z' })
  })

  it('shows every row as it was written, newest first', async () => {
    const { items } = await list({ view: 'rows' })
    expect(items.map((entry) => [entry.operationId, entry.phase])).toEqual([
      ['op1', 'succeeded'],
      ['op4', 'accepted'],
      ['op4', 'started'],
      ['op3', 'denied'],
      ['op2', 'failed'],
      ['op2', 'started'],
      ['op1', 'started'],
    ])
    expect(items[0]).toMatchObject({ actor: { id: 'usr_cron' }, source: 'cron', startedAt: '2001-01-01T00:00:00.000Z' })
  })

  it.each<[object, string[]]>([
    [{ actorId: 'usr_ada' }, ['op4', 'op1']],
    [{ actorId: 'usr_bob,usr_eve' }, ['op3', 'op2']],
    [{ targetType: 'server', targetId: 'srv_web-1' }, ['op3', 'op1']],
    [{ targetType: 'account' }, []],
    [{ action: 'server.stop' }, ['op4']],
    [{ action: ['server.stop', 'server.reset'] }, ['op4', 'op3']],
    [{ phase: 'succeeded' }, ['op1']],
    [{ phase: 'started' }, []],
    [{ phase: 'failed,denied' }, ['op3', 'op2']],
    [{ phase: 'accepted' }, ['op4']],
    [{ phase: 'failed', action: 'server.stop' }, []],
    [{ from: '2001-01-03T00:00:00Z' }, ['op4', 'op3']],
    [{ to: '2001-01-03T00:00:00Z' }, ['op2', 'op1']],
    [{ from: '2001-01-03T01:00:00+01:00', to: '2001-01-04T00:00:00Z' }, ['op3']],
    [{ q: 'NAME OF BOB' }, ['op2']],
    [{ q: '%' }, ['op2']],
    [{ q: '_' }, ['op2']],
    [{ q: 'db-' }, ['op4']],
    [{ q: "' OR 1=1 --" }, []],
    [{ actorId: "') OR 1=1 --" }, []],
    [{ targetId: "' OR '1'='1" }, []],
  ])('operations with %j', async (query, operations) => expect(await operationsOf(query)).toEqual(operations))

  it.each<[object, string[]]>([
    [{ phase: 'started' }, ['op4', 'op2', 'op1']],
    [{ actorId: 'usr_cron' }, ['op1']],
    [{ targetId: 'srv_100%_x' }, ['op2', 'op2']],
    [{ from: '2001-01-04T00:00:01Z' }, ['op1', 'op4']],
    [{ q: 'cron' }, ['op1']],
  ])('rows with %j', async (query, operations) => {
    expect(await operationsOf({ view: 'rows', ...query })).toEqual(operations)
  })

  it.each(['operations', 'rows'])('pages of %s lose nothing and repeat nothing', async (view) => {
    const whole = (await list({ view })).items.map((entry) => entry.id)
    for (const limit of ['1', '2', '3']) {
      const seen: AuditEntryView[] = []
      for (let cursor: string | null | undefined; cursor !== null;) {
        const page = await list({ view, limit, ...(cursor ? { cursor } : {}) })
        seen.push(...page.items)
        cursor = page.nextCursor
      }
      expect(seen.map((entry) => entry.id)).toEqual(whole)
    }
  })

  it.each([
    ['of the other view', encodeCursor(['rows', 5, 5])],
    ['with text for a number', encodeCursor(['operations', 5, '5'])],
    ['of another length', encodeCursor(['operations'])],
    ['no base64', '%%%'],
  ])('a cursor %s is refused', async (_name, cursor) => {
    await expect(list({ cursor })).rejects.toMatchObject({ code: 'invalid_input' })
  })
})

describe('over HTTP', () => {
  it('an operation is told row by row', async () => {
    const { items } = await readJson<{ items: AuditEntryView[] }>(await viewer.api('/audit/operations/op1'))
    expect(items.map((entry) => [entry.phase, entry.actor.id, entry.source])).toEqual([
      ['started', 'usr_ada', 'web'],
      ['succeeded', 'usr_cron', 'cron'],
    ])
    expect((await readError(await viewer.api('/audit/operations/opr_unknown'))).status).toBe(404)
  })

  it('facets count rows, the most frequent first', async () => {
    const { actors, actions, phases } = await readJson<AuditFacets>(await viewer.api('/audit/facets'))
    expect(actors).toContainEqual({ value: 'usr_ada', label: 'Name of ada', count: 3 })
    expect(actions).toContainEqual({ value: 'server.start', label: 'server.start', count: 4 })
    expect(phases).toContainEqual({ value: 'denied', label: 'denied', count: 1 })
    for (const facet of [actors, actions, phases]) {
      const counts = facet.map(({ count }) => count)
      expect(counts).toEqual(counts.toSorted((a, b) => b - a))
    }
  })

  it('is for those who may read it', async () => {
    expect((await viewer.api('/audit')).status).toBe(200)
    for (const path of ['/audit', '/audit/facets', '/audit/operations/op1']) {
      expect((await readError(await user.api(path))).status, path).toBe(403)
    }
  })

  it.each(['?view=all', '?action=server.explode', '?from=yesterday', '?limit=0', '?cursor=x'])(
    '%s is refused',
    async (query) => {
      expect(await readError(await viewer.api(`/audit${query}`))).toMatchObject({ status: 400, code: 'invalid_input' })
    },
  )
})

describe('nobody changes the record', () => {
  const columns = `id, operation_id, at, phase, action, actor_kind, actor_id, actor_name, target_type, target_id,
    target_name, source, request_id`
  const forged = (id: string) =>
    `SELECT '${id}', 'forged', 0, phase, action, actor_kind, actor_id, actor_name, target_type, target_id, target_name,
    source, request_id FROM audit_log WHERE id = 'aud_test_1'`

  it.each([
    ['UPDATE', "UPDATE audit_log SET actor_name = 'nobody' WHERE id = 'aud_test_1'"],
    ['DELETE', "DELETE FROM audit_log WHERE id = 'aud_test_1'"],
    ['DELETE of everything', 'DELETE FROM audit_log'],
    ['INSERT OR REPLACE by id', `INSERT OR REPLACE INTO audit_log (${columns}) ${forged('aud_test_1')}`],
    [
      'REPLACE by seq',
      `REPLACE INTO audit_log (seq, ${columns}) SELECT (SELECT seq FROM audit_log WHERE id = 'aud_test_1'), forged.*
        FROM (${forged('aud_new')}) AS forged`,
    ],
    [
      'upsert',
      `INSERT INTO audit_log (${columns}) ${forged('aud_test_1')}
      ON CONFLICT (id) DO UPDATE SET actor_name = 'nobody'`,
    ],
    ['UPDATE OR IGNORE', "UPDATE OR IGNORE audit_log SET actor_name = 'nobody'"],
  ])('%s fails', async (_name, sql) => {
    const before = await queryAll('SELECT * FROM audit_log ORDER BY seq')
    await expect(execute(sql)).rejects.toThrow(/append-only/)
    expect(await queryAll('SELECT * FROM audit_log ORDER BY seq')).toEqual(before)
  })

  it.skipIf(Boolean(env.LIBSQL_URL))('not in a batch either, which then does nothing at all', async () => {
    const statements = [
      env.DB.prepare(
        "INSERT INTO users (id, name, email, role, status, created_at, updated_at) VALUES ('usr_b', 'b', 'b@b.b', 'USER', 'ACTIVE', 0, 0)",
      ),
      env.DB.prepare('DELETE FROM audit_log'),
    ]
    await expect(env.DB.batch(statements)).rejects.toThrow(/append-only/)
    expect(await queryAll("SELECT id FROM users WHERE id = 'usr_b'")).toEqual([])
  })
})
