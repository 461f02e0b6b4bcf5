export {
  assertRecentlyVerified,
  getSessionActorOrThrow,
  getUserOrThrow,
  livingGrants,
  type Destructive,
} from './actor.ts'
export { userTarget } from './refusal.ts'
export { identityRoutes } from './routes.ts'
export { invitationLifetimeMs, normalizeEmail } from './rules.ts'
export { personName } from './schemas.ts'
export { authenticateSession } from './sessions/authenticate.ts'
export { listSessionsOf } from './sessions/list.ts'
export { sessionSchema } from './sessions/schemas.ts'
export { pruneSessions } from './sessions/prune.ts'
export { assertActive } from './status.ts'
export { userBrief, type UserBrief } from './users.store.ts'
