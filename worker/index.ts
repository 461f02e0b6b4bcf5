import { createWorker } from './worker.ts'
import { actionLockClass } from './objects/action-lock.ts'
import { followOperation } from './features/actions/index.ts'
import { rateLimiterClass } from './objects/rate-limiter.ts'
import { readMirrorClass } from './objects/read-mirror.ts'
import { followerFor, mirrorFetchFor, useWriterFor } from './worker.ts'

export { LiveHub } from './objects/live-hub.ts'
export class RateLimiter extends rateLimiterClass(useWriterFor({})) {}
export class ActionLock extends actionLockClass(followerFor({}, followOperation)) {}
export class ReadMirror extends readMirrorClass(mirrorFetchFor({})) {}

/** Production and staging: the core, no extra module. */
export default createWorker({})
