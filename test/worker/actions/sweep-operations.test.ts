import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { powerServer, sweepAbandoned, sweepOperations } from '../../../worker/features/actions/index.ts'
import type { AuditEntry } from '../../../worker/kernel/audit.ts'
import { newId } from '../../../worker/kernel/id.ts'
import { advance, control, lockOf, phases, request, setUpFleet, stored, testCtx, type TestServer } from './support.ts'

const minute = 60_000
const sweeper = (ahead: number) => testCtx({ actor: { kind: 'system', name: 'cron' }, ahead }).ctx

const loseAlarm = (server: TestServer) =>
  runInDurableObject(lockOf(server), (_object, state) => state.storage.deleteAlarm())

beforeEach(async () => {
  await control('DELETE', '/faults')
})

describe('the sweep', () => {
  it('goes on with an operation whose alarm was lost, and frees its lock', async () => {
    const { server } = await setUpFleet()
    await powerServer(testCtx().ctx, request(server, 'reboot'))
    await loseAlarm(server)
    await advance(60)
    await sweepOperations(sweeper(0))
    expect(await stored(server)).toMatchObject({ finishedAt: null })
    await sweepOperations(sweeper(2 * minute))
    expect(await stored(server)).toMatchObject({ status: 'succeeded' })
    expect(await phases(server)).toEqual(['started', 'accepted', 'succeeded'])
    expect(await lockOf(server).holder()).toBeNull()
  })

  it('closes as unknown what is past its deadline and cannot be found out', async () => {
    const fleet = await setUpFleet()
    await powerServer(testCtx().ctx, request(fleet.server, 'reboot'))
    await loseAlarm(fleet.server)
    await fleet.addFault('cut', { times: null })
    await sweepOperations(sweeper(11 * minute))
    expect(await stored(fleet.server)).toMatchObject({ status: 'unknown', errorCode: 'outcome_unknown' })
    expect(await lockOf(fleet.server).holder()).toBeNull()
  })

  it('gives a row that nothing followed its end, once, in the name of whoever began it', async () => {
    const { ctx } = testCtx()
    const abandoned = entry('started')
    const finished = entry('started')
    for (const row of [abandoned, finished, { ...finished, id: newId('aud'), phase: 'succeeded' as const }]) {
      await ctx.journal.append(row)
    }
    await sweepOperations(sweeper(10 * minute))
    expect(await phasesOf(abandoned)).toEqual(['started'])
    await sweepOperations(sweeper(20 * minute))
    await sweepOperations(sweeper(20 * minute))
    expect(await phasesOf(abandoned)).toEqual(['started', 'unknown'])
    expect(await phasesOf(finished)).toEqual(['started', 'succeeded'])
    const end = await env.DB.prepare(
      "SELECT actor_name, error_code FROM audit_log WHERE operation_id = ? AND phase = 'unknown'",
    )
      .bind(abandoned.operationId)
      .first()
    expect(end).toEqual({ actor_name: 'Ada', error_code: 'outcome_unknown' })
  })

  it('finds once a day what was left during a long outage', async () => {
    const abandoned = entry('started')
    await testCtx().ctx.journal.append(abandoned)
    await sweepOperations(sweeper(24 * 60 * minute))
    expect(await phasesOf(abandoned)).toEqual(['started'])
    await sweepAbandoned(sweeper(24 * 60 * minute))
    expect(await phasesOf(abandoned)).toEqual(['started', 'unknown'])
  })
})

const entry = (phase: AuditEntry['phase']): AuditEntry => ({
  id: newId('aud'),
  operationId: newId('opr'),
  at: Date.now(),
  phase,
  action: 'account.rename',
  actorKind: 'user',
  actorId: 'usr_1',
  actorName: 'Ada',
  targetType: 'account',
  targetId: 'acc_1',
  targetName: 'Shop',
  reason: null,
  errorCode: null,
  source: 'web',
  ip: null,
  userAgent: null,
  requestId: 'req_1',
  before: null,
  after: null,
  keyId: null,
  keyName: null,
})

async function phasesOf({ operationId }: AuditEntry): Promise<string[]> {
  const rows = await env.DB.prepare('SELECT phase FROM audit_log WHERE operation_id = ? ORDER BY seq')
    .bind(operationId)
    .all<{ phase: string }>()
  return rows.results.map((row) => row.phase)
}
