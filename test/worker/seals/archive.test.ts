import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { archiveAudit, sealAudit } from '../../../worker/features/seals/index.ts'
import { getArchive } from '../../../worker/features/seals/get-archive.ts'
import { gunzip } from '../../../worker/features/seals/gzip.ts'
import { joinExports, readExport, verifyExport } from '../../../worker/features/seals/read-export.ts'
import { verifyAudit } from '../../../worker/features/seals/verify-audit.ts'
import { newId } from '../../../worker/kernel/id.ts'
import { runSchedule } from '../../../worker/schedule.ts'
import { cronActor, testCtx } from '../../support/ctx.ts'
import { execute, queryAll } from '../../support/database.ts'

const ctx = testCtx({ actor: cronActor })
const bucket = env.AUDIT_ARCHIVE

async function sealRows(count: number): Promise<void> {
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
      targetName: 'shöp',
      reason: null,
      errorCode: null,
      source: 'cron',
      ip: null,
      userAgent: null,
      requestId: newId('req'),
      before: null,
      after: { servers: i },
      keyId: null,
      keyName: null,
    })
  }
  await sealAudit(ctx)
}

const objects = async () => (await bucket.list()).objects.map(({ key }) => key)
const recorded = () =>
  queryAll<{ key: string; to_seal: number }>('SELECT key, to_seal FROM audit_archives ORDER BY to_seal')
const read = async (key: string) =>
  readExport(await gunzip(new Uint8Array(await (await bucket.get(key))!.arrayBuffer())))
const nameOf = (from: number, to: number) =>
  `audit/seals-${String(from).padStart(10, '0')}-${String(to).padStart(10, '0')}.jsonl.gz`

/** Nothing to archive is left of the test before, so that each names its own span. */
let sealed = 0
beforeEach(async () => {
  await sealRows(2)
  await archiveAudit(ctx)
  sealed = (await verifyAudit(testCtx(), { after: 0 })).head.number
})

describe('the archive', () => {
  test('holds every sealed row, in files that prove themselves and together the whole log', async () => {
    await sealRows(3)
    await sealRows(2)
    expect(await archiveAudit(ctx)).toBe(1)
    const name = nameOf(sealed + 1, sealed + 2)
    const log = await read(name)
    expect(await verifyExport(log, log.keys)).toMatchObject({
      problem: null,
      unsealed: 0,
      head: { number: sealed + 2 },
    })
    expect(log.rows).toHaveLength(5)
    const whole = joinExports(await Promise.all((await objects()).toReversed().map(read)))
    const { head } = await verifyAudit(testCtx(), { after: 0 })
    expect(await verifyExport(whole, whole.keys, head)).toMatchObject({ problem: null, unsealed: 0 })
    expect(whole.rows).toHaveLength(head.sealedTo)
  })

  test('shows a changed row, a missing file and a removed row', async () => {
    await sealRows(3)
    await archiveAudit(ctx)
    const logs = await Promise.all((await objects()).map(read))
    const whole = joinExports(logs)
    const changed = { ...whole, rows: whole.rows.with(1, { ...whole.rows[1]!, values: [2, 'forged'] }) }
    expect((await verifyExport(changed, whole.keys)).problem).toMatchObject({ kind: 'row_changed', seq: 2 })
    const removed = { ...whole, rows: whole.rows.toSpliced(1, 1) }
    expect((await verifyExport(removed, whole.keys)).problem).toMatchObject({ kind: 'row_missing', seq: 2 })
    await sealRows(1)
    await archiveAudit(ctx)
    const later = await Promise.all((await objects()).map(read))
    expect(() => joinExports(later.toSpliced(-2, 1))).toThrow(`no file has seal ${sealed + 1}`)
  })

  test('gets nothing that is not sealed, nothing twice, and costs the log nothing', async () => {
    const before = await queryAll('SELECT * FROM audit_log ORDER BY seq')
    const files = await objects()
    expect(await archiveAudit(ctx)).toBe(0)
    expect(await objects()).toEqual(files)
    expect(await queryAll('SELECT * FROM audit_log ORDER BY seq')).toEqual(before)
  })

  test('is never written over: what is there under that name and proves something else stops it', async () => {
    await sealRows(1)
    const name = nameOf(sealed + 1, sealed + 1)
    const foreign = await bucket.get(nameOf(sealed, sealed))
    await bucket.put(name, await foreign!.arrayBuffer())
    const etag = (await bucket.head(name))?.etag
    await expect(archiveAudit(ctx)).rejects.toMatchObject({ code: 'internal' })
    expect((await bucket.head(name))?.etag).toBe(etag)
    expect((await recorded()).at(-1)?.to_seal).toBe(sealed)
    await bucket.delete(name)
    expect(await archiveAudit(ctx)).toBe(1)
  })

  test('goes on after a run that died before it had recorded its object', async () => {
    await sealRows(1)
    const dying = testCtx({ actor: cronActor })
    const died = Promise.reject(new Error('died'))
    died.catch(() => {})
    await expect(
      archiveAudit({ ...dying, archive: { ...dying.archive!, get: () => died as Promise<never> } }),
    ).rejects.toThrow('died')
    const name = nameOf(sealed + 1, sealed + 1)
    const etag = (await bucket.head(name))?.etag
    expect(await archiveAudit(ctx)).toBe(1)
    expect((await bucket.head(name))?.etag).toBe(etag)
    expect((await recorded()).at(-1)).toEqual({ key: name, to_seal: sealed + 1 })
  })

  test('made by two runs at once has every span once', async () => {
    await sealRows(2)
    await Promise.allSettled([archiveAudit(ctx), archiveAudit(ctx)])
    const spans = (await recorded()).map(({ to_seal }) => to_seal)
    expect(spans).toEqual([...new Set(spans)])
    expect(spans.at(-1)).toBe(sealed + 1)
  })

  test('takes nothing that the seals do not prove', async () => {
    await sealRows(2)
    await execute('DROP TRIGGER audit_log_no_update')
    const [row] = await queryAll<{ seq: number }>('SELECT max(seq) AS seq FROM audit_log')
    await execute("UPDATE audit_log SET target_name = 'forged' WHERE seq = ?", row?.seq)
    const files = await objects()
    await expect(archiveAudit(ctx)).rejects.toMatchObject({ code: 'internal' })
    expect(await objects()).toEqual(files)
    await execute("UPDATE audit_log SET target_name = 'shöp' WHERE seq = ?", row?.seq)
    expect(await archiveAudit(ctx)).toBe(1)
  })

  test('runs once a day', async () => {
    await sealRows(1)
    await runSchedule('17 0 * * *', () => testCtx({ actor: cronActor }))
    expect((await recorded()).at(-1)?.to_seal).toBeGreaterThan(sealed)
  })

  test('cannot be forgotten by the application', async () => {
    for (const sql of ['UPDATE audit_archives SET bytes = 1', 'DELETE FROM audit_archives']) {
      await expect(execute(sql)).rejects.toThrow('append-only')
    }
  })

  test('says how far it is; and where no bucket is bound, that there is none', async () => {
    await sealRows(1)
    expect(await getArchive(testCtx())).toMatchObject({ configured: true, waiting: 1, last: { toSeal: sealed } })
    const without = { ...testCtx(), archive: null }
    expect(await archiveAudit(without)).toBe(0)
    expect(await getArchive(without)).toMatchObject({ configured: false, waiting: 1 })
  })
})
