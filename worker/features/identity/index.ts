export { assertRecentlyVerified } from './actor.ts'
export { identityRoutes } from './routes.ts'
export { authenticateSession } from './sessions/authenticate.ts'
export { pruneSessions } from './sessions/prune.ts'
