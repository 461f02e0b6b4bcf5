import { describe, expect, it } from 'vitest'
import { AppError } from '../../../worker/kernel/errors.ts'
import { mutate } from '../../../worker/kernel/mutate.ts'
import { mutation, mutateHarness, person, target } from './harness.ts'

const codeOf = (error: unknown) => (error instanceof AppError ? error.code : String(error))
const failureOf = async (work: Promise<unknown>) => work.then(() => 'no failure', codeOf)

describe('a change that succeeds', () => {
  it('is recorded before and after, holds the lock in between, and is told afterwards', async () => {
    const h = mutateHarness()
    const result = await mutate(
      h.ctx,
      mutation(async (op) => {
        h.steps.push('run')
        op.publish({ type: 'server.changed', serverIds: [target.id] })
        expect(h.published()).toEqual([])
        await op.commit(['update'], { before: { status: 'off' }, after: { status: 'running' } })
        return op.id
      }),
    )
    expect(h.steps).toEqual(['started+insert', 'lock', 'run', 'succeeded+update', 'release'])
    expect(new Set(h.rows.map((row) => row.operationId))).toEqual(new Set([result]))
    expect(h.rows[1]).toMatchObject({
      phase: 'succeeded',
      actorId: 'usr_Ada',
      actorName: 'Ada',
      targetName: 'web-1',
      before: { status: 'off' },
      after: { status: 'running' },
      requestId: 'req_1',
      ip: '192.0.2.1',
    })
    expect(h.published()).toEqual([{ type: 'server.changed', serverIds: [target.id] }])
    expect(h.locks.size).toBe(0)
  })

  it('that is only accepted keeps its lock and sets its follow-up to work', async () => {
    const h = mutateHarness()
    await mutate(
      h.ctx,
      mutation(async (op) => {
        await op.perform(async () => 'sent')
        await op.commit(['update'], { phase: 'accepted' })
        return 'ok'
      }),
    )
    expect(h.steps).toEqual(['started+insert', 'lock', 'accepted+update', 'follow'])
    expect(h.locks.size).toBe(1)
  })

  it('needs no permission where it is about oneself', async () => {
    const h = mutateHarness(person('USER'))
    const own = mutation(async (op) => op.commit([]).then(() => 'ok'), { permission: 'self' })
    expect(await mutate(h.ctx, own)).toBe('ok')
  })
})

describe('a change that is refused', () => {
  it('for lack of a permission leaves a denied row, and nothing runs', async () => {
    for (const role of ['VIEWER', 'USER'] as const) {
      const h = mutateHarness(person(role))
      expect(
        await failureOf(
          mutate(
            h.ctx,
            mutation(async () => expect.unreachable()),
          ),
        ),
      ).toBe('forbidden')
      expect(h.steps).toEqual(['denied'])
      expect(h.rows[0]).toMatchObject({ phase: 'denied', errorCode: 'forbidden' })
    }
  })

  it('by a lock says who holds it, for what, since when', async () => {
    const h = mutateHarness(person('ADMIN', 'Grace'))
    h.locks.set('server:srv_1', { operationId: 'opr_1', action: 'server.reset', actorName: 'Ada', since: 5_000 })
    const work = mutate(
      h.ctx,
      mutation(async () => expect.unreachable()),
    )
    await expect(work).rejects.toMatchObject({
      code: 'locked',
      message: 'Ada is already working on web-1.',
      meta: { by: 'Ada', action: 'server.reset', since: '1970-01-01T00:00:05.000Z' },
    })
    expect(h.steps).toEqual(['started+insert', 'lock', 'refused+end-refused'])
    expect(h.locks.get('server:srv_1')?.operationId).toBe('opr_1')
  })
})

describe('a change whose record cannot be written', () => {
  it('does not run at all (fail closed)', async () => {
    const h = mutateHarness()
    h.failing.add('started')
    await expect(
      mutate(
        h.ctx,
        mutation(async () => expect.unreachable()),
      ),
    ).rejects.toThrow('cannot write started')
    expect(h.steps).toEqual(['started+insert'])
    expect(h.saved).toEqual([])
  })

  it('after the provider has acted is unknown, never failed: the lock stays, its follow-up finds out', async () => {
    const h = mutateHarness()
    h.failing.add('accepted')
    const work = mutate(
      h.ctx,
      mutation(async (op) => {
        await op.perform(async () => 'sent')
        await op.commit(['update'], { phase: 'accepted' })
        return 'ok'
      }),
    )
    await expect(work).rejects.toMatchObject({
      code: 'outcome_unknown',
      meta: { operationId: expect.stringMatching(/^opr_/) },
    })
    expect(h.steps).toEqual(['started+insert', 'lock', 'accepted+update', 'unknown+end-unknown', 'follow'])
    expect(h.locks.size).toBe(1)
  })

  it('not even as unknown leaves the lock to its alarm', async () => {
    const h = mutateHarness()
    for (const phase of ['accepted', 'unknown', 'failed']) h.failing.add(phase)
    const work = mutate(
      h.ctx,
      mutation(async (op) => {
        await op.perform(async () => 'sent')
        await op.commit([], { phase: 'accepted' })
        return 'ok'
      }),
    )
    expect(await failureOf(work)).toBe('outcome_unknown')
    expect(h.steps.at(-1)).toBe('follow')
    expect(h.phases()).toEqual(['started'])
  })
})

describe('a change that fails', () => {
  it('before anything was done leaves a failed row with its code, frees the lock, and says what it was', async () => {
    const h = mutateHarness()
    const work = mutate(
      h.ctx,
      mutation(async (op) => {
        await op.perform(() => Promise.reject(new AppError('provider_locked')))
        return 'ok'
      }),
    )
    expect(await failureOf(work)).toBe('provider_locked')
    expect(h.steps).toEqual(['started+insert', 'lock', 'failed+end-failed', 'release'])
    expect(h.rows[1]).toMatchObject({ phase: 'failed', errorCode: 'provider_locked' })
    expect(h.locks.size).toBe(0)
  })

  it('with a lost answer leaves an unknown row and keeps the lock with its follow-up', async () => {
    const h = mutateHarness()
    const work = mutate(
      h.ctx,
      mutation(() => Promise.reject(new AppError('outcome_unknown'))),
    )
    expect(await failureOf(work)).toBe('outcome_unknown')
    expect(h.steps).toEqual(['started+insert', 'lock', 'unknown+end-unknown', 'follow'])
  })

  it('by our own mistake is internal, and its text goes nowhere near the record', async () => {
    const h = mutateHarness()
    const work = mutate(
      h.ctx,
      mutation(() => Promise.reject(new Error('token abc'))),
    )
    await expect(work).rejects.toThrow('token abc')
    expect(JSON.stringify(h.rows)).not.toContain('token abc')
    expect(h.rows[1]).toMatchObject({ phase: 'failed', errorCode: 'internal' })
  })

  it('because nobody can be asked for the lock leaves a failed row and no lock', async () => {
    const h = mutateHarness()
    h.breakLocks(new Error('object gone'))
    await expect(
      mutate(
        h.ctx,
        mutation(async () => expect.unreachable()),
      ),
    ).rejects.toThrow('object gone')
    expect(h.steps).toEqual(['started+insert', 'lock', 'failed+end-failed', 'release'])
  })

  it('after its commit keeps the record it has', async () => {
    const h = mutateHarness()
    const work = mutate(
      h.ctx,
      mutation(async (op) => {
        await op.commit(['update'])
        throw new Error('later')
      }),
    )
    await expect(work).rejects.toThrow('later')
    expect(h.phases()).toEqual(['started', 'succeeded'])
    expect(h.steps.at(-1)).toBe('release')
  })
})

describe('a mutation that breaks the rules of the path', () => {
  it('by committing twice is stopped at the second', async () => {
    const h = mutateHarness()
    const work = mutate(
      h.ctx,
      mutation(async (op) => {
        await op.commit(['first'])
        await op.commit(['second'])
        return 'ok'
      }),
    )
    await expect(work).rejects.toThrow('committed twice')
    expect(h.saved).toEqual(['insert', 'first'])
    expect(h.phases()).toEqual(['started', 'succeeded'])
  })

  it('by ending without a commit is recorded as failed', async () => {
    const h = mutateHarness()
    await expect(
      mutate(
        h.ctx,
        mutation(async () => 'ok'),
      ),
    ).rejects.toThrow('without a commit')
    expect(h.phases()).toEqual(['started', 'failed'])
  })

  it('by ending without a commit after it acted is recorded as unknown', async () => {
    const h = mutateHarness()
    const work = mutate(
      h.ctx,
      mutation((op) => op.perform(async () => 'sent')),
    )
    expect(await failureOf(work)).toBe('outcome_unknown')
    expect(h.phases()).toEqual(['started', 'unknown'])
    expect(h.steps.at(-1)).toBe('follow')
  })
})
