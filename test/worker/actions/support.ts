import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { Ctx } from '../../../worker/context.ts'
import type { Operation } from '../../../worker/features/actions/index.ts'
import type { Actor } from '../../../worker/kernel/actor.ts'
import type { AuditEntry } from '../../../worker/kernel/audit.ts'
import { newId } from '../../../worker/kernel/id.ts'
import type { LiveEvent } from '../../../worker/kernel/live.ts'
import type { Role } from '../../../worker/kernel/permissions.ts'
import type { PowerAction } from '../../../worker/provider/provider.ts'
import { createProviderRegistry } from '../../../worker/provider/registry.ts'
import { createCtx } from '../../../worker/services.ts'
import { simulatorFetch } from '../../../worker/simulator/index.ts'
import { addAccount } from '../../../worker/features/accounts/index.ts'
import { recordProviderFailure } from '../../../worker/features/provider-log/index.ts'
import { refreshServer, syncAccount } from '../../../worker/features/sync/index.ts'
import { silentLog } from '../../support/provider-harness.ts'

const network = simulatorFetch(env)

/** The simulator's control API. */
export async function control<T>(method: string, path: string, body?: object): Promise<T> {
  const url = `http://simulator.internal/control${path}`
  const response = await network(url, { method, body: body ? JSON.stringify(body) : null })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return response.json<T>()
}

export const advance = (seconds: number) => control('POST', '/time/advance', { seconds })

export const person = (role: Role = 'OWNER', name = 'Ada'): Actor => ({
  kind: 'user',
  id: newId('usr'),
  name,
  role,
  overrides: [],
  grants: [],
  key: null,
  sessionId: newId('ses'),
  verifiedAt: Date.now(),
})

export interface CtxOptions {
  actor?: Actor
  /** ms that this context's clock is ahead. */
  ahead?: number
  /** How long the provider may take to answer. */
  timeoutMs?: number
}

/** What a verb gets in production, with a provider that is impatient and does not wait between attempts. */
export function testCtx({ actor = person(), ahead = 0, timeoutMs = 5_000 }: CtxOptions = {}) {
  const deferred: Promise<unknown>[] = []
  const events: LiveEvent[] = []
  const origin = {
    env,
    modules: { providerFetch: simulatorFetch },
    defer: (work: Promise<unknown>) => void deferred.push(work),
  }
  const clock = { now: () => Date.now() + ahead }
  const base = createCtx(origin, { actor, source: 'web', clock, ip: '192.0.2.7', userAgent: 'test' })
  const ctx: Ctx = {
    ...base,
    log: silentLog,
    live: { ...base.live, publish: (event) => void events.push(event) },
    providers: createProviderRegistry({
      hetzner: {
        baseUrl: base.config.hetznerApiUrl,
        fetch: network,
        timeouts: { readMs: timeoutMs, writeMs: timeoutMs },
      },
      budget: base.limits,
      record: (failure) => recordProviderFailure({ db: base.db, log: silentLog }, failure),
      clock,
      log: silentLog,
      sleep: async () => {},
      random: () => 0.5,
    }),
  }
  return { ctx, events, settled: () => Promise.allSettled(deferred) }
}

export interface TestServer {
  id: string
  providerId: string
  name: string
  status: string
}

/** A connected project of its own, with servers, all of them running. */
export async function setUpFleet(servers = 1) {
  const { project } = await control<{ project: { id: number; token: string } }>('POST', '/projects', {
    name: newId('acc'),
  })
  await control('POST', '/seed', { project: project.id, servers })
  const { ctx } = testCtx()
  const account = await addAccount(ctx, { provider: 'hetzner', name: newId('acc'), token: project.token })
  await syncAccount(ctx, account.id, { reason: 'manual' })
  const rows = await env.DB.prepare(
    'SELECT id, provider_id AS providerId, name, status FROM servers WHERE account_id = ? ORDER BY name',
  )
    .bind(account.id)
    .all<TestServer>()
  const list = rows.results
  for (const server of list) {
    if (server.status === 'running') continue
    await control('PUT', `/projects/${project.id}/servers/${server.providerId}`, { status: 'running' })
    await refreshServer(ctx, server.id)
  }
  const [first] = list
  if (!first) throw new Error('the project has no server')
  return {
    accountId: account.id,
    project,
    server: first,
    servers: list,
    addFault: (kind: string, options: object = {}) =>
      control('POST', '/faults', { kind, project: project.id, ...options }),
    change: (server: TestServer, change: object) =>
      control('PUT', `/projects/${project.id}/servers/${server.providerId}`, change),
    remove: (server: TestServer) => control('DELETE', `/projects/${project.id}/servers/${server.providerId}`),
    /** Power actions that reached the provider; `performed` ones only where asked. */
    writes: async (server: TestServer, performed = true) => {
      const path = encodeURIComponent(`^/servers/${server.providerId}/actions/`)
      const query = `project=${project.id}&path=${path}${performed ? '&performed=true' : ''}`
      return (await control<{ writes: unknown[] }>('GET', `/writes?${query}`)).writes
    },
    requests: async (path: string) =>
      (
        await control<{ requests: { method: string; path: string }[] }>(
          'GET',
          `/requests?project=${project.id}&path=${encodeURIComponent(path)}`,
        )
      ).requests,
  }
}

export const lockOf = (server: TestServer) => env.ACTION_LOCK.get(env.ACTION_LOCK.idFromName(`server:${server.id}`))

/** Puts the lock's own alarm off, so that only the test looks. */
export const hush = (server: TestServer) =>
  runInDurableObject(lockOf(server), async (_object, state) => {
    if ((await state.storage.getAlarm()) !== null) await state.storage.setAlarm(Date.now() + 3_600_000)
  })

/** The alarm of a server's lock, now. */
export const ring = (server: TestServer) => runDurableObjectAlarm(lockOf(server))

/** Every row of the log about a server, oldest first. */
export async function trail(server: TestServer): Promise<AuditEntry[]> {
  const rows = await env.DB.prepare(
    `SELECT id, operation_id AS operationId, at, phase, action, actor_kind AS actorKind, actor_id AS actorId,
      actor_name AS actorName, target_type AS targetType, target_id AS targetId, target_name AS targetName, reason,
      error_code AS errorCode, source, ip, user_agent AS userAgent, request_id AS requestId, before, after
     FROM audit_log WHERE target_id = ? ORDER BY seq`,
  )
    .bind(server.id)
    .all<AuditEntry & { before: string | null; after: string | null }>()
  return rows.results.map((row) => ({ ...row, before: parse(row.before), after: parse(row.after) }))
}

const parse = (text: string | null) => (text === null ? null : JSON.parse(text))

export const phases = async (server: TestServer) => (await trail(server)).map((row) => row.phase)

/** The newest operation on a server, as stored. */
export const stored = (server: TestServer) =>
  env.DB.prepare(
    `SELECT id, status, progress, provider_action_id AS providerActionId, error_code AS errorCode,
      error_message AS errorMessage, started_at AS startedAt, finished_at AS finishedAt, next_poll_at AS nextPollAt
     FROM operations WHERE server_id = ? ORDER BY id DESC LIMIT 1`,
  )
    .bind(server.id)
    .first<{
      id: string
      status: Operation['status']
      progress: number
      providerActionId: string | null
      errorCode: string | null
      errorMessage: string | null
      startedAt: number
      finishedAt: number | null
      nextPollAt: number
    }>()

export const statusOf = async (server: TestServer) =>
  (await env.DB.prepare('SELECT status FROM servers WHERE id = ?').bind(server.id).first<{ status: string }>())?.status

/** As if the moment for the next look had come. */
export const makeDue = (server: TestServer) =>
  env.DB.prepare('UPDATE operations SET next_poll_at = 0 WHERE server_id = ? AND finished_at IS NULL')
    .bind(server.id)
    .run()

/** Looks until the operation has its end, moving the provider's clock; the lock is free afterwards. */
export async function follow(server: TestServer, secondsEach = 20): Promise<void> {
  for (let i = 0; i < 20 && (await lockOf(server).holder()); i++) {
    await hush(server)
    await advance(secondsEach)
    await makeDue(server)
    await ring(server)
  }
}

/** What a power action needs to be sent, in one place. */
export const request = (server: TestServer, action: PowerAction) => ({
  serverId: server.id,
  action,
  ...(action === 'power_off' || action === 'reset' ? { confirmName: server.name } : {}),
})
