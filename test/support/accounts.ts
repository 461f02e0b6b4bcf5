import { env } from 'cloudflare:workers'
import { addAccount } from '../../worker/features/accounts/index.ts'
import { syncAccount } from '../../worker/features/sync/index.ts'
import { simulatorFetch } from '../../worker/simulator/index.ts'
import { testCtx, type TestCtx } from './ctx.ts'
import { queryAll, queryFirst } from './database.ts'

/** Calls the simulator's control API; POST when there is a body, unless told otherwise. */
export async function control<T = unknown>(path: string, body?: object, method = body ? 'POST' : 'GET'): Promise<T> {
  const response = await simulatorFetch(env)(`http://simulator.internal/control${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`control ${method} ${path}: ${response.status} ${text}`)
  return JSON.parse(text) as T
}

/** Calls the provider's API as somebody who does not go through WebNova. */
export async function outside<T = unknown>(token: string, method: string, path: string, body?: object): Promise<T> {
  const response = await simulatorFetch(env)(`http://simulator.internal/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
  return (text ? JSON.parse(text) : null) as T
}

export interface SimulatedProject {
  id: number
  name: string
  /** Reads and writes. */
  token: string
  tokenId: number
}

interface ProjectAnswer {
  project: { id: number; name: string; token: string; tokens: { id: number; token: string }[] }
}

/** A project of its own at the simulated provider, so that tests do not meet. */
export async function createProject(servers = 0): Promise<SimulatedProject> {
  const { project } = await control<ProjectAnswer>('/projects', { name: `test-${crypto.randomUUID()}` })
  if (servers > 0) await control('/seed', { project: project.id, servers })
  return { id: project.id, name: project.name, token: project.token, tokenId: project.tokens[0]?.id ?? 0 }
}

export async function createToken(project: SimulatedProject, access: 'read' | 'read_write' = 'read_write') {
  const path = `/projects/${project.id}/tokens`
  const { token } = await control<{ token: { id: number; token: string } }>(path, { access, name: crypto.randomUUID() })
  return token
}

export interface Fault {
  kind: string
  method?: string
  /** Regular expression over the path below /v1 with its query. */
  path?: string
  /** null: until cleared. */
  times?: number | null
  skip?: number
  [option: string]: unknown
}

/** A fault that only this project meets. */
export const addFault = (project: SimulatedProject, fault: Fault) =>
  control('/faults', { project: project.id, ...fault })

export interface TestAccountOptions {
  ctx?: TestCtx
  /** At the provider, from the start. */
  servers?: number
  name?: string
  /** Reads them too, so that our side knows the servers. */
  synced?: boolean
}

/** An account bound to a fresh simulated project. */
export async function createTestAccount(options: TestAccountOptions = {}) {
  const { ctx = testCtx(), servers = 3, name = 'Test project', synced = false } = options
  const project = await createProject(servers)
  const account = await addAccount(ctx, { provider: 'hetzner', name, token: project.token })
  if (synced) {
    const report = await syncAccount(ctx, account.id, { reason: 'manual' })
    if (report.result !== 'complete') throw new Error(`first sync: ${JSON.stringify(report)}`)
  }
  return { ctx, account, accountId: account.id, project }
}

export interface MirrorRow {
  id: string
  provider_id: string
  name: string
  status: string
  labels: string
  currency: string | null
  monthly_net: string | null
  digest: string
  changed_at: number
  deleted_at: number | null
}

/** The mirror of an account, deleted servers included. */
export async function mirrorOf(accountId: string): Promise<MirrorRow[]> {
  const sql = 'SELECT * FROM servers WHERE account_id = ? ORDER BY length(provider_id), provider_id'
  return queryAll<MirrorRow>(sql, accountId)
}

/** A row of `accounts` as it is stored. */
export async function accountRow(accountId: string): Promise<Record<string, string | number | null>> {
  const row = await queryFirst<Record<string, string | number | null>>('SELECT * FROM accounts WHERE id = ?', accountId)
  if (!row) throw new Error(`no account ${accountId}`)
  return row
}
