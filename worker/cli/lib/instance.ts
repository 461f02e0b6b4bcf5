import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cronsOf } from './build-worker.ts'
import { startCron } from './cron.ts'
import { setUpLink } from './enrolment-link.ts'
import { startRuntime, type Runtime } from './runtime.ts'
import { localSecrets } from './secrets.ts'

export interface SimulatedProject {
  name: string
  token: string
}

export interface Instance {
  origin: string
  /** Null once somebody owns the instance. */
  setUpLink: string | null
  projects: SimulatedProject[]
  stop: () => Promise<void>
}

export interface InstanceOptions {
  /** Holds secrets, state and log: `.demo` for `npm start`, a temporary folder for a test. */
  dir: string
  port: number
  bindings?: Record<string, string>
  onError?: (error: unknown) => void
}

const READY_WITHIN_MS = 30_000

/** Waits until the Worker says it can do its work. @throws with the last answer when it never does. */
async function waitUntilReady(origin: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS
  let last = 'no answer'
  while (Date.now() < deadline) {
    try {
      const response = await fetch(`${origin}/readyz`, { signal: AbortSignal.timeout(5000) })
      if (response.ok) return
      last = `${response.status} ${await response.text()}`
    } catch (error) {
      last = String(error)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`The Worker did not become ready: ${last}`)
}

async function newSetUpLink(runtime: Runtime): Promise<string | null> {
  const owners = await runtime.query<{ id: string }>("SELECT id FROM users WHERE role = 'OWNER' LIMIT 1")
  if (owners.length > 0) return null
  const link = setUpLink({ origin: runtime.origin })
  await runtime.execute(link.statements)
  return link.url
}

/** The simulated projects, each with the token to paste. Only the demo has this address. */
async function listProjects(origin: string): Promise<SimulatedProject[]> {
  const response = await fetch(`${origin}/simulator/control/projects`)
  if (!response.ok) throw new Error(`The simulator answered ${response.status}`)
  const { projects } = (await response.json()) as { projects: { name: string; token: string }[] }
  return projects.map(({ name, token }) => ({ name, token }))
}

/** Starts the demo in workerd with its cron ticking, ready to be claimed. The caller has prepared builds and state. */
export async function startInstance(options: InstanceOptions): Promise<Instance> {
  const { dir, port, bindings, onError = () => {} } = options
  mkdirSync(dirname(join(dir, 'state')), { recursive: true })
  const runtime = await startRuntime({
    state: join(dir, 'state'),
    port,
    bindings: { ...localSecrets(join(dir, 'secrets.json')), ...bindings },
    logFile: join(dir, 'webnova.log'),
  })
  await waitUntilReady(runtime.origin)
  const crons = cronsOf('demo')
  const stopCron = startCron(crons, runtime.fireCron, onError)
  // What was due while the machine was off is done now.
  for (const cron of crons) runtime.fireCron(cron, Date.now()).catch(onError)
  return {
    origin: runtime.origin,
    setUpLink: await newSetUpLink(runtime),
    projects: await listProjects(runtime.origin),
    stop: async () => {
      stopCron()
      await runtime.stop()
    },
  }
}
