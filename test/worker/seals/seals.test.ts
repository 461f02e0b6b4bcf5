import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { readExport, verifyExport } from '../../../worker/features/seals/read-export.ts'
import { exportAudit } from '../../../worker/features/seals/export-audit.ts'
import { sealAudit } from '../../../worker/features/seals/index.ts'
import { verifyAudit } from '../../../worker/features/seals/verify-audit.ts'
import { newId } from '../../../worker/kernel/id.ts'
import { countingCtx, testCtx } from '../../support/ctx.ts'

const ctx = testCtx()

async function write(count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    await ctx.journal.append({
      id: newId('aud'),
      operationId: newId('opr'),
      at: Date.now(),
      phase: 'succeeded',
      action: 'account.sync',
      actorKind: 'system',
      actorId: 'cron',
      actorName: 'cron',
      targetType: 'account',
      targetId: `acc_${i}`,
      targetName: 'shop',
      reason: null,
      errorCode: null,
      source: 'cron',
      ip: null,
      userAgent: null,
      requestId: newId('req'),
      before: null,
      after: { servers: i, note: 'ö "quoted"' },
      keyId: null,
      keyName: null,
    })
  }
}

const verify = () => verifyAudit(ctx, { after: 0 })
const exported = async () => readExport(await new Response(await exportAudit(ctx, { from: 1, format: 'jsonl' })).text())

/** What somebody with the database file in their hands can do. */
async function tamper(sql: string): Promise<void> {
  await env.DB.batch(
    [
      'audit_log_no_update',
      'audit_log_no_delete',
      'audit_log_no_replace',
      'audit_seals_no_update',
      'audit_seals_no_delete',
    ].map((trigger) => env.DB.prepare(`DROP TRIGGER IF EXISTS ${trigger}`)),
  )
  await env.DB.prepare(sql).run()
}

/** Undoes it, so that the next test starts from an unbroken log. */
async function restoring(sql: string, check: () => Promise<void>): Promise<void> {
  const rows = await env.DB.prepare('SELECT * FROM audit_log').all<Record<string, unknown>>()
  const seals = await env.DB.prepare('SELECT * FROM audit_seals').all<Record<string, unknown>>()
  await tamper(sql)
  try {
    await check()
  } finally {
    await env.DB.batch([env.DB.prepare('DELETE FROM audit_log'), env.DB.prepare('DELETE FROM audit_seals')])
    await insert('audit_log', rows.results)
    await insert('audit_seals', seals.results)
  }
}

async function insert(table: string, rows: Record<string, unknown>[]): Promise<void> {
  for (const row of rows) {
    const names = Object.keys(row)
    const sql = `INSERT INTO ${table} (${names.map((n) => `"${n}"`).join(',')}) VALUES (${names.map(() => '?').join(',')})`
    await env.DB.prepare(sql)
      .bind(...Object.values(row))
      .run()
  }
}

beforeAll(async () => {
  await write(5)
  await sealAudit(ctx)
  await write(4)
  await sealAudit(ctx)
})

describe('seals', () => {
  test('cover every row once and are verified in the product and offline', async () => {
    expect(await verify()).toMatchObject({
      seals: 2,
      rows: 9,
      problem: null,
      next: null,
      head: { lastSeq: 9, sealedTo: 9, number: 2 },
    })
    const log = await exported()
    expect(await verifyExport(log, log.keys)).toMatchObject({
      problem: null,
      unsealed: 0,
      head: { number: 2, toSeq: 9 },
    })
  })

  test('write nothing when nothing is new', async () => {
    expect(await sealAudit(ctx)).toBe(0)
  })

  test('made by two runs at once are one', async () => {
    await write(2)
    const sealed = await Promise.all([sealAudit(ctx), sealAudit(ctx)])
    expect(sealed.toSorted()).toEqual([0, 2])
    expect((await verify()).problem).toBeNull()
  })

  test.each([
    [
      'a changed actor',
      "UPDATE audit_log SET actor_name = 'somebody else' WHERE seq = 3",
      { kind: 'row_changed', seq: 3, seal: 1 },
    ],
    ['a changed snapshot', "UPDATE audit_log SET after = '{}' WHERE seq = 7", { kind: 'row_changed', seq: 7, seal: 2 }],
    ['a removed row', 'DELETE FROM audit_log WHERE seq = 4', { kind: 'row_missing', seq: 4, seal: 1 }],
    ['a removed last row of a seal', 'DELETE FROM audit_log WHERE seq = 5', { kind: 'row_missing', seq: 5, seal: 1 }],
    [
      'an inserted row',
      "INSERT INTO audit_log SELECT 0, 'aud_new', operation_id, at, phase, action, actor_kind, actor_id, actor_name, target_type, target_id, target_name, reason, error_code, source, ip, user_agent, request_id, before, after, key_id, key_name FROM audit_log WHERE seq = 1",
      { kind: 'row_inserted', seq: 0, seal: 1 },
    ],
    ['a removed seal', 'DELETE FROM audit_seals WHERE number = 1', { kind: 'seal_missing', seal: 1 }],
    ['a changed seal', 'UPDATE audit_seals SET to_seq = 4 WHERE number = 1', { kind: 'seal_bad_signature', seal: 1 }],
  ])('show %s and name it', async (_what, sql, problem) => {
    await restoring(sql, async () => {
      expect((await verify()).problem).toMatchObject(problem)
      const log = await exported()
      const offline = await verifyExport(log, log.keys)
      if (problem.kind === 'row_inserted')
        expect(offline.problem ?? (await verify()).problem).toMatchObject({ kind: 'row_inserted' })
      else expect(offline.problem).toMatchObject(problem)
    })
  })

  test('show that the end was cut off, to whoever wrote the head down', async () => {
    const { head } = await verify()
    await restoring('DELETE FROM audit_log WHERE seq > 5', async () => {
      await env.DB.prepare('DELETE FROM audit_seals WHERE number > 1').run()
      const log = await exported()
      expect((await verifyExport(log, log.keys)).problem).toBeNull()
      expect((await verifyExport(log, log.keys, head)).problem).toEqual({ kind: 'seal_missing', seal: 2 })
    })
  })

  test('read no rows for whoever says a forged place to go on from', async () => {
    const { next: _next, head } = await verify()
    for (const forged of [
      { after: 1, hash: head.hash, toSeq: 0 },
      { after: 1, hash: 'x', toSeq: 1 },
      { after: 1, toSeq: 999_999 },
    ]) {
      const { ctx: counting, statements } = countingCtx()
      expect((await verifyAudit(counting, forged)).problem).toEqual({ kind: 'seal_broken_chain', seal: 2 })
      expect(statements.filter((sql) => sql.includes('"operation_id"'))).toEqual([])
    }
  })

  test('signed by somebody else are not believed', async () => {
    const log = await exported()
    const stranger = { ...log.keys[0]!, kid: 'other' }
    expect((await verifyExport(log, [stranger])).problem).toMatchObject({ kind: 'key_unknown', seal: 1 })
  })

  test('cannot be changed by the application', async () => {
    const fresh = testCtx()
    await env.DB.batch([
      env.DB.prepare(
        "CREATE TRIGGER IF NOT EXISTS audit_seals_no_update BEFORE UPDATE ON audit_seals BEGIN SELECT RAISE(ABORT, 'audit_seals is append-only'); END",
      ),
    ])
    await expect(env.DB.prepare('UPDATE audit_seals SET hash = 1').run()).rejects.toThrow('append-only')
    expect((await verifyAudit(fresh, { after: 0 })).problem).toBeNull()
  })

  test('are refused to people who may not read the log', async () => {
    const viewer = testCtx({
      actor: {
        kind: 'user',
        id: 'usr_x',
        name: 'X',
        role: 'USER',
        overrides: [],
        grants: [],
        key: null,
        sessionId: 's',
        verifiedAt: 0,
      },
    })
    await expect(verifyAudit(viewer, { after: 0 })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(exportAudit(viewer, { from: 1, format: 'csv' })).rejects.toMatchObject({ code: 'forbidden' })
  })
})
