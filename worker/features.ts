import { accessRoutes } from './features/access/index.ts'
import { accountRoutes } from './features/accounts/index.ts'
import { actionRoutes } from './features/actions/index.ts'
import { apiKeyRoutes } from './features/api-keys/index.ts'
import { auditRoutes } from './features/audit/index.ts'
import { costRoutes } from './features/costs/index.ts'
import { identityRoutes } from './features/identity/index.ts'
import { liveRoutes } from './features/live/index.ts'
import { protectionRoutes } from './features/protection/index.ts'
import { providerLogRoutes } from './features/provider-log/index.ts'
import { sealRoutes } from './features/seals/index.ts'
import { serverRoutes } from './features/servers/index.ts'
import { syncRoutes } from './features/sync/index.ts'
import { userRoutes } from './features/users/index.ts'
import type { ApiRouter } from './http/index.ts'

/** A feature's HTTP side: adds its operations to the API. */
export type Feature = (api: ApiRouter) => void

/** Every feature that has one, in the order of the reference. */
export const features: readonly Feature[] = [
  identityRoutes,
  userRoutes,
  apiKeyRoutes,
  protectionRoutes,
  accessRoutes,
  accountRoutes,
  syncRoutes,
  providerLogRoutes,
  serverRoutes,
  actionRoutes,
  liveRoutes,
  auditRoutes,
  sealRoutes,
  costRoutes,
]
