import { createWriteStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare, type V4MiniflareOptions } from 'miniflare'
import { bundleDir, bundleModules, type Bundle } from './build-worker.ts'

interface RuntimeOptions {
  environment?: Bundle
  /** Where the database and the objects live; survives restarts. */
  state: string
  port: number
  /** Vars and secrets, over those of wrangler.toml. */
  bindings: Record<string, string>
  /** What the Worker logs goes here, one JSON object a line. */
  logFile: string
}

/** What Miniflare's typings leave out of a Worker's handle. */
interface Scheduled {
  scheduled: (event: { cron: string; scheduledTime: Date }) => Promise<unknown>
}

export interface Runtime {
  origin: string
  /** Fires the Worker's scheduled handler; the local runtime never does that by itself. */
  fireCron: (cron: string, atMs: number) => Promise<void>
  /** Runs statements on the instance's database, all or none. */
  execute: (statements: string[]) => Promise<void>
  query: <Row>(statement: string) => Promise<Row[]>
  stop: () => Promise<void>
}

/** Starts a built bundle in workerd, on this machine, with nothing but what lies in `dist/` and `state`. */
export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  const environment = options.environment ?? 'demo'
  const worker = JSON.parse(readFileSync(join(bundleDir(environment), 'worker.json'), 'utf8')) as V4MiniflareOptions & {
    bindings: Record<string, string>
  }
  const log = createWriteStream(options.logFile, { flags: 'a' })
  const origin = `http://localhost:${options.port}`
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      ...worker,
      name: `webnova-${environment}`,
      modules: bundleModules(environment),
      modulesRoot: bundleDir(environment),
      bindings: { ...worker.bindings, ...options.bindings, PUBLIC_ORIGIN: origin },
      host: '127.0.0.1',
      port: options.port,
      cf: false,
      log: new Log(LogLevel.ERROR),
      logRequests: false,
      telemetry: { enabled: false },
      handleStructuredLogs: ({ message }: { message: string }) => log.write(`${message}\n`),
      // The folder Wrangler uses below --persist-to: its d1 commands see the same database.
      resourcePersistencePath: join(options.state, 'v3'),
    } as unknown as V4MiniflareOptions),
  )
  await miniflare.ready
  // Miniflare would end the process at once on these; the caller stops everything in order instead.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(signal)
  const database = await miniflare.getD1Database('DB')
  return {
    origin,
    fireCron: async (cron, atMs) => {
      const handler = (await miniflare.getWorker()) as unknown as Scheduled
      await handler.scheduled({ cron, scheduledTime: new Date(atMs) })
    },
    execute: async (statements) => void (await database.batch(statements.map((sql) => database.prepare(sql)))),
    query: async <Row>(statement: string) => (await database.prepare(statement).all<Row>()).results,
    stop: async () => {
      await miniflare.dispose()
      await new Promise<void>((resolve) => log.end(() => resolve()))
    },
  }
}
