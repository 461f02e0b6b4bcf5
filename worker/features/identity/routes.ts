import type { ApiRouter } from '../../http/index.ts'
import { enrolmentRoutes } from './enrolment/routes.ts'
import { invitationRoutes } from './invitations/routes.ts'
import { meRoutes } from './me/routes.ts'
import { passkeyRoutes } from './passkeys/routes.ts'
import { recoveryRoutes } from './recovery/routes.ts'
import { sessionRoutes } from './sessions/routes.ts'
import { setupRoutes } from './setup/routes.ts'
import { signInRoutes } from './sign-in/routes.ts'

/** In the order in which a person meets them. */
export function identityRoutes(api: ApiRouter): void {
  setupRoutes(api)
  signInRoutes(api)
  enrolmentRoutes(api)
  invitationRoutes(api)
  meRoutes(api)
  sessionRoutes(api)
  passkeyRoutes(api)
  recoveryRoutes(api)
}
