export type { AppEnv, HttpContext } from './app-env.ts'
export { approvals, type ApprovalAsk, type ApprovalPort } from './approvals.ts'
export { apiReference } from './api-reference.ts'
export { authenticate, type Authenticator } from './authenticate.ts'
export {
  clearSessionCookies,
  readAccessCookie,
  readBearer,
  readRefreshToken,
  setAccessCookie,
  setSessionCookies,
  type SessionTokens,
} from './cookies.ts'
export { countryOf } from './country.ts'
export { noteUses } from './guard.ts'
export { idempotency, type Claim, type IdempotencyStore, type StoredAnswer } from './idempotency.ts'
export { countRefusal, limitProbes, limitRequests } from './limits.ts'
export { toErrorResponse } from './on-error.ts'
export { allowedMethods, apiPrefix, openApiDocument } from './openapi.ts'
export { originCheck } from './origin-check.ts'
export { ApiRouter, type Call } from './router.ts'
export { securityHeaders } from './security-headers.ts'

/** Schemas named with `.openapi('Name')` become components of the document. */
export { z } from '@hono/zod-openapi'
