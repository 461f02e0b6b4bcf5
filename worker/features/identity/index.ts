export {
  assertRecentlyVerified,
  getSessionActorOrThrow,
  getUserOrThrow,
  isRecentlyVerifiedActor,
  livingGrants,
  type Destructive,
} from './actor.ts'
export { instance as instanceTarget, userTarget } from './refusal.ts'
export { identityRoutes } from './routes.ts'
export { invitationLifetimeMs, normalizeEmail } from './rules.ts'
export { personName } from './schemas.ts'
export { authenticateSession } from './sessions/authenticate.ts'
export { listSessionsOf } from './sessions/list.ts'
export { endedSchema, sessionSchema } from './sessions/schemas.ts'
export { resealAuthenticators, resealAuthenticatorStatement } from './totp/reseal.ts'
export { pruneSessions } from './sessions/prune.ts'
export { assertActive, notActive } from './status.ts'
export {
  listRules,
  ownerAllowlist,
  userBrief,
  type PersonRules,
  type StoredGrant,
  type UserBrief,
} from './users.store.ts'
