import { beforeEach, describe, expect, it } from 'vitest'
import { followOperation, powerServer } from '../../worker/features/actions/index.ts'
import { AppError, type ErrorCode } from '../../worker/kernel/errors.ts'
import type { PowerAction } from '../../worker/provider/provider.ts'
import {
  advance,
  control,
  follow,
  hush,
  lockOf,
  makeDue,
  phases,
  request,
  ring,
  setUpFleet,
  stored,
  testCtx,
  trail,
  type TestServer,
} from '../worker/actions/support.ts'

const timeoutMs = 250
const system = { kind: 'system', name: 'follow-up' } as const

interface Case {
  name: string
  fault: string
  options?: object
  /** What the person is told at once. */
  told: ErrorCode | null
  /** How the operation ends, in the end. */
  end: 'succeeded' | 'failed'
  endCode: ErrorCode | null
}

const refused = (name: string, options: object, told: ErrorCode): Case => ({
  name,
  fault: 'status',
  options,
  told,
  end: 'failed',
  endCode: told,
})
const never = (name: string, fault: string, options: object = {}): Case => ({
  name,
  fault,
  options,
  told: 'outcome_unknown',
  end: 'failed',
  endCode: 'not_carried_out',
})
const lost = (name: string, fault: string, options: object = {}): Case => ({
  name,
  fault,
  options,
  told: 'outcome_unknown',
  end: 'succeeded',
  endCode: null,
})

const cases: Case[] = [
  refused('401, a revoked token', { status: 401 }, 'provider_token_rejected'),
  refused('403, a token that may only read', { status: 403, code: 'token_readonly' }, 'provider_token_read_only'),
  refused('403, not allowed', { status: 403 }, 'provider_forbidden'),
  refused('404, deleted meanwhile', { status: 404 }, 'provider_not_found'),
  refused('409, for ever', { status: 409, times: null }, 'provider_conflict'),
  refused('423, locked at the provider', { status: 423 }, 'provider_locked'),
  refused('423, protected', { status: 423, code: 'protected' }, 'provider_protected'),
  refused('422, refused', { status: 422 }, 'provider_rejected'),
  refused('429, for ever', { status: 429, times: null }, 'provider_rate_limited'),
  refused('503, an outage', { status: 503, times: null }, 'provider_unavailable'),
  {
    name: 'maintenance',
    fault: 'maintenance',
    told: 'provider_maintenance',
    end: 'failed',
    endCode: 'provider_maintenance',
  },
  { name: '409, once', fault: 'status', options: { status: 409 }, told: null, end: 'succeeded', endCode: null },
  { name: '429, once', fault: 'status', options: { status: 429 }, told: null, end: 'succeeded', endCode: null },
  never('500', 'status', { status: 500 }),
  never('502, for ever', 'status', { status: 502, times: null }),
  never('504, for ever', 'status', { status: 504, times: null }),
  never('a connection cut before anything was done', 'cut'),
  never('no answer, and nothing done', 'cut', { ms: timeoutMs * 2 }),
  lost('a reply that was lost', 'lost_reply'),
  lost('an answer that comes too late', 'latency', { ms: timeoutMs * 2 }),
  lost('an answer that is no JSON', 'malformed_body'),
  lost('an answer cut off in the middle', 'truncated_body'),
]

/** One look of the follow-up, as if so many ms had passed for us. */
async function look(server: TestServer, ahead: number): Promise<void> {
  await hush(server)
  await makeDue(server)
  const operation = await stored(server)
  const { ctx, settled } = testCtx({ actor: system, ahead })
  if (operation) await followOperation(ctx, operation.id)
  await settled()
  await ring(server)
}

const attempt = async (server: TestServer, action: PowerAction) => {
  const { ctx, settled } = testCtx({ timeoutMs })
  try {
    await powerServer(ctx, request(server, action))
    return null
  } catch (error) {
    return error
  } finally {
    await settled()
    await hush(server)
  }
}

beforeEach(async () => {
  await control('PUT', '/time', { scale: 1, frozen: false })
  await control('DELETE', '/faults')
})

describe.each(['reboot', 'power_off'] as const)('a %s that meets', (action) => {
  it.each(cases)('$name: told clearly, recorded, ended, no lock left, done at most once', async (fault) => {
    const fleet = await setUpFleet()
    const { server } = fleet
    await fleet.addFault(fault.fault, { method: 'POST', path: '/actions/', ...fault.options })

    const error = await attempt(server, action)
    expect(error instanceof AppError ? error.code : error).toBe(fault.told)
    if (error instanceof AppError) expect(error.message).not.toMatch(/http|\d{3}|hetzner/i)
    const afterCall = await phases(server)
    if (fault.told === 'outcome_unknown') {
      expect(afterCall).toEqual(['started', 'unknown'])
      expect((error as AppError).meta).toEqual({ operationId: (await stored(server))?.id })
      expect(await lockOf(server).holder()).not.toBeNull()
    }
    await control('DELETE', '/faults')
    await advance(60)
    await look(server, 0)
    await look(server, 61_000)

    expect(await stored(server)).toMatchObject({
      status: fault.end,
      errorCode: fault.endCode,
      finishedAt: expect.any(Number),
    })
    expect((await trail(server)).at(-1)).toMatchObject({ phase: fault.end, errorCode: fault.endCode })
    expect(await lockOf(server).holder()).toBeNull()
    expect(await fleet.writes(server)).toHaveLength(fault.end === 'succeeded' ? 1 : 0)

    // Nothing of it stands in the way of the next one.
    const isOff = action === 'power_off' && fault.end === 'succeeded'
    const next = await attempt(server, isOff ? 'start' : 'reset')
    expect(next).toBeNull()
    await follow(server)
    expect(await stored(server)).toMatchObject({ status: 'succeeded' })
    expect(await lockOf(server).holder()).toBeNull()
  })
})

describe('a database that fails', () => {
  const failing = (phasesToFail: readonly string[]) => {
    const made = testCtx({ timeoutMs })
    const { journal } = made.ctx
    const ctx = {
      ...made.ctx,
      journal: {
        ...journal,
        commit: (...input: Parameters<typeof journal.commit>) =>
          phasesToFail.includes(input[1].phase)
            ? Promise.reject(new AppError('database_unavailable'))
            : journal.commit(...input),
      },
    }
    return { ...made, ctx }
  }

  it('before anything: nothing is sent, nothing is locked', async () => {
    const fleet = await setUpFleet()
    const { ctx } = failing(['started'])
    await expect(powerServer(ctx, request(fleet.server, 'reboot'))).rejects.toMatchObject({
      code: 'database_unavailable',
    })
    expect(await fleet.writes(fleet.server, false)).toEqual([])
    expect(await lockOf(fleet.server).holder()).toBeNull()
    expect(await stored(fleet.server)).toBeNull()
  })

  it.each([
    ['only for the acceptance', ['accepted']],
    ['for everything after it', ['accepted', 'unknown', 'failed']],
  ])(
    'after the provider was called, %s: unknown to the person, found out by the follow-up, not sent again',
    async (_name, failingPhases) => {
      const fleet = await setUpFleet()
      const { ctx } = failing(failingPhases)
      await expect(powerServer(ctx, request(fleet.server, 'reboot'))).rejects.toMatchObject({ code: 'outcome_unknown' })
      expect(await lockOf(fleet.server).holder()).not.toBeNull()
      await hush(fleet.server)
      await advance(60)
      await look(fleet.server, 10_000)
      expect(await stored(fleet.server)).toMatchObject({ status: 'succeeded' })
      expect((await phases(fleet.server)).at(-1)).toBe('succeeded')
      expect(await fleet.writes(fleet.server, false)).toHaveLength(1)
      expect(await lockOf(fleet.server).holder()).toBeNull()
    },
  )
})

describe('a lock that cannot be asked', () => {
  it('means that nothing is sent, and the operation has its end', async () => {
    const fleet = await setUpFleet()
    const { ctx } = testCtx()
    const locks = { ...ctx.locks, acquire: () => Promise.reject(new Error('object unavailable')) }
    await expect(powerServer({ ...ctx, locks }, request(fleet.server, 'reboot'))).rejects.toThrow()
    expect(await fleet.writes(fleet.server, false)).toEqual([])
    expect(await phases(fleet.server)).toEqual(['started', 'failed'])
    expect(await stored(fleet.server)).toMatchObject({ status: 'failed', errorCode: 'internal' })
  })
})
