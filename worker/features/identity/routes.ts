import type { ApiRouter } from '../../http/index.ts'
import { enrolmentRoutes } from './enrolment/routes.ts'
import { invitationRoutes } from './invitations/routes.ts'
import { meRoutes } from './me/routes.ts'
import { passkeyRoutes } from './passkeys/routes.ts'
import { passwordRoutes } from './passwords/routes.ts'
import { recoveryRoutes } from './recovery/routes.ts'
import { sessionRoutes } from './sessions/routes.ts'
import { setupRoutes } from './setup/routes.ts'
import { signInPolicyRoutes } from './sign-in-policy/routes.ts'
import { signInRoutes } from './sign-in/routes.ts'
import { totpRoutes } from './totp/routes.ts'

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
  passwordRoutes(api)
  totpRoutes(api)
  signInPolicyRoutes(api)
}
