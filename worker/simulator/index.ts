import { DurableObject } from 'cloudflare:workers'
import type { CoreResponse } from './core/http.ts'
import { SimulatorCore } from './core/simulator.ts'
import { createDurableStore } from './durable-store.ts'

/** Name of the one object that holds the world. */
const WORLD = 'main'
/** Address under which the provider client reaches the simulator without a network. */
const INTERNAL_ORIGIN = 'http://simulator.internal'
/** Tells the shell on the caller's side that the connection is to be cut. Never leaves the Worker. */
const CUT_HEADER = 'x-simulator-cut'

interface SimulatorBindings {
  SIMULATOR: DurableObjectNamespace<Simulator>
}

/**
 * The simulated Hetzner Cloud. State is kept in the object's SQLite, so it survives a restart;
 * what takes time is computed when it is read, so nothing runs while nobody asks.
 */
export class Simulator extends DurableObject {
  private readonly core: SimulatorCore

  constructor(state: DurableObjectState, env: Cloudflare.Env) {
    super(state, env)
    this.core = new SimulatorCore({ store: createDurableStore(state.storage) })
  }

  override async fetch(request: Request): Promise<Response> {
    const answer = this.core.handle({
      method: request.method,
      url: request.url,
      headers: Object.fromEntries(request.headers),
      body: await request.text(),
    })
    if (answer.delayMs) await new Promise((resolve) => setTimeout(resolve, answer.delayMs))
    return toResponse(answer)
  }
}

/**
 * Serves `/simulator/v1/*` (what `HCLOUD_ENDPOINT` takes) and `/simulator/control/*` over HTTP.
 * A cut connection becomes a body that breaks off, the nearest thing a Worker can do.
 */
export async function handleSimulator(request: Request, env: SimulatorBindings): Promise<Response> {
  const response = await worldOf(env).fetch(request)
  if (!response.headers.has(CUT_HEADER)) return response
  return new Response(
    new ReadableStream({
      pull: (controller) => controller.error(new Error('connection cut by a simulated fault')),
    }),
  )
}

/**
 * A `fetch` that reaches the simulator without a network, for addresses below `http://simulator.internal/`
 * (`/v1` and `/control`). A cut connection rejects, like a broken socket; anything else goes to the global fetch.
 */
export function simulatorFetch(env: SimulatorBindings): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    if (!request.url.startsWith(`${INTERNAL_ORIGIN}/`)) return fetch(request)
    const response = await raceAbort(worldOf(env).fetch(request), request.signal)
    if (!response.headers.has(CUT_HEADER)) return response
    await response.body?.cancel()
    throw new TypeError('Network connection lost.')
  }
}

function worldOf(env: SimulatorBindings): DurableObjectStub<Simulator> {
  return env.SIMULATOR.get(env.SIMULATOR.idFromName(WORLD))
}

function toResponse(answer: CoreResponse): Response {
  if (answer.cut) return new Response(null, { status: 502, headers: { [CUT_HEADER]: '1' } })
  return new Response(answer.status === 204 ? null : answer.body, { status: answer.status, headers: answer.headers })
}

/** Rejects as soon as the caller gives up; what the simulator already did stays done. */
function raceAbort(work: Promise<Response>, signal: AbortSignal): Promise<Response> {
  if (signal.aborted) return Promise.reject(signal.reason as Error)
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
    work.then(resolve, reject)
  })
}
