import { followOperation } from '../features/actions/index.ts'
import { actionLockClass } from '../objects/action-lock.ts'
import { rateLimiterClass } from '../objects/rate-limiter.ts'
import { readMirrorClass } from '../objects/read-mirror.ts'
import { handleSimulator, simulatorFetch } from '../simulator/index.ts'
import { createWorker, followerFor, mirrorFetchFor, useWriterFor } from '../worker.ts'
import type { Modules } from '../services.ts'

export { LiveHub } from '../objects/live-hub.ts'
export { Simulator } from '../simulator/index.ts'

const modules: Modules = { providerFetch: simulatorFetch }
const worker = createWorker(modules)

export class RateLimiter extends rateLimiterClass(useWriterFor(modules)) {}
export class ActionLock extends actionLockClass(followerFor(modules, followOperation)) {}
export class ReadMirror extends readMirrorClass(mirrorFetchFor(modules)) {}

/** The demo: the core, with a simulated provider at /simulator. */
export default {
  ...worker,
  fetch(request, env, execution) {
    if (new URL(request.url).pathname.startsWith('/simulator/')) return handleSimulator(request, env)
    return worker.fetch(request, env, execution)
  },
} satisfies ExportedHandler<Env>
