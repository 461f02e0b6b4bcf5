import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildWeb, isWebBuilt } from '../../../worker/cli/lib/build-web.ts'
import { bundleDir } from '../../../worker/cli/lib/build-worker.ts'
import { setUpLink } from '../../../worker/cli/lib/enrolment-link.ts'
import { freePort } from '../../../worker/cli/lib/free-port.ts'
import { migrateLocal } from '../../../worker/cli/lib/migrate-local.ts'
import { root } from '../../../worker/cli/lib/paths.ts'
import { runTool } from '../../../worker/cli/lib/run-tool.ts'
import { startRuntime, type Runtime } from '../../../worker/cli/lib/runtime.ts'
import { localSecrets } from '../../../worker/cli/lib/secrets.ts'
import { SoftwareAuthenticator, type CreationOptions } from '../../support/authenticator.ts'
import { findWorkerd } from './workerd-cpu.ts'

export interface BenchProduct {
  port: number
  origin: string
  pid: number
  runtime: Runtime
  /** Authorization header of the owner. */
  headers: Record<string, string>
  api<T>(
    method: string,
    path: string,
    body?: unknown,
    extra?: Record<string, string>,
  ): Promise<{ body: T; headers: Headers }>
  control<T>(method: string, path: string, body?: unknown): Promise<T>
  stop(): Promise<void>
}

/** The minified bundle in a bare workerd: no wrangler in between, whose logging alone costs seven times a request. */
export async function startBenchProduct(): Promise<BenchProduct> {
  await build()
  const dir = mkdtempSync(join(tmpdir(), 'webnova-bench-'))
  const state = join(dir, 'state')
  await migrateLocal(state)
  const port = await freePort(8_990)
  const bindings = { ...localSecrets(join(dir, 'secrets.json')), LOG_LEVEL: 'error' }
  const runtime = await startRuntime({ environment: 'bench', state, port, bindings, logFile: join(dir, 'log') })
  const origin = `http://localhost:${port}`
  const json = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const init =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    const response = await fetch(`${origin}${path}`, {
      method,
      ...init,
      headers: { ...init.headers, origin, ...headers },
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status} ${text}`)
    return { body: text ? JSON.parse(text) : null, headers: response.headers }
  }
  const headers = { authorization: `Bearer ${await claim(runtime, origin, json)}` }
  return {
    port,
    origin,
    pid: findWorkerd(),
    runtime,
    headers,
    api: <T>(method: string, path: string, body?: unknown, extra?: Record<string, string>) =>
      json(method, `/api/v1${path}`, body, { ...headers, ...extra }) as Promise<{ body: T; headers: Headers }>,
    control: async (method, path, body) => (await json(method, `/simulator/control${path}`, body)).body,
    stop: async () => {
      await runtime.stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

async function build(): Promise<void> {
  if (!isWebBuilt()) await buildWeb()
  const outdir = bundleDir('bench')
  rmSync(outdir, { recursive: true, force: true })
  mkdirSync(outdir, { recursive: true })
  mkdirSync(join(root, 'web', 'build'), { recursive: true })
  await runTool('wrangler', [
    'deploy',
    'test/bench/entry.ts',
    '--dry-run',
    '--minify',
    '--env',
    'demo',
    '--outdir',
    outdir,
  ])
  const { unstable_getMiniflareWorkerOptions: optionsOf } = await import('wrangler')
  const { workerOptions } = optionsOf(join(root, 'wrangler.toml'), 'demo')
  writeFileSync(join(outdir, 'worker.json'), JSON.stringify({ ...workerOptions, main: 'entry.ts' }))
}

type Send = (method: string, path: string, body?: unknown) => Promise<{ body: unknown; headers: Headers }>

/** Becomes the owner through the same door as people. @returns the access token */
async function claim(runtime: Runtime, origin: string, send: Send): Promise<string> {
  const link = setUpLink({ origin })
  await runtime.execute(link.statements)
  const token = new URL(link.url).hash.replace('#token=', '')
  const begun = (await send('POST', '/api/v1/setup/begin', { token, name: 'Bench', email: 'bench@example.com' }))
    .body as {
    challengeId: string
    options: CreationOptions
  }
  const response = await new SoftwareAuthenticator(origin).create(begun.options)
  const finished = await send('POST', '/api/v1/setup/finish', { token, challengeId: begun.challengeId, response })
  const cookie = finished.headers.getSetCookie().find((text) => text.startsWith('wn_access='))
  if (!cookie) throw new Error('no access cookie')
  return cookie.slice('wn_access='.length).split(';')[0] ?? ''
}
