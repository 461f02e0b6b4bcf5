import type { ApiRouter } from '../../../http/index.ts'
import { readSignInSettings, setSignInSettings } from './instance.ts'
import { readPersonSignIn, setPersonSignIn } from './person.ts'
import {
  personSignInChanged,
  personSignInParams,
  personSignInSchema,
  setPersonSignInInput,
  setSignInInput,
  signInSettingsChanged,
  signInSettingsSchema,
} from './schemas.ts'

const govern = { permission: 'users:govern', recordsRefusals: true, destructive: true } as const

/** Who may use a password beside passkeys: an owner says, for everybody and for one person (H1). */
export function signInPolicyRoutes(api: ApiRouter): void {
  api.add(
    {
      method: 'get',
      path: '/settings/sign-in',
      permission: 'users:govern',
      tag: 'Settings',
      summary: 'Who may use a password',
      response: signInSettingsSchema,
    },
    ({ ctx }) => readSignInSettings(ctx),
  )
  api.add(
    {
      ...govern,
      method: 'put',
      path: '/settings/sign-in',
      tag: 'Settings',
      summary: 'Allow passwords, or require passkeys',
      description: 'Switching off ends every session that a password opened. Needs a fresh passkey proof.',
      body: setSignInInput,
      response: signInSettingsChanged,
    },
    ({ ctx, body }) => setSignInSettings(ctx, body),
  )
  api.add(
    {
      method: 'get',
      path: '/users/{userId}/sign-in',
      permission: 'users:read',
      tag: 'People',
      summary: 'How a person may sign in',
      params: personSignInParams,
      response: personSignInSchema,
    },
    ({ ctx, params }) => readPersonSignIn(ctx, params.userId),
  )
  api.add(
    {
      ...govern,
      method: 'put',
      path: '/users/{userId}/sign-in',
      tag: 'People',
      summary: 'Allow or forbid one person passwords',
      description: 'Null follows the rule for everybody. Needs a fresh passkey proof.',
      params: personSignInParams,
      body: setPersonSignInInput,
      response: personSignInChanged,
    },
    ({ ctx, params, body }) => setPersonSignIn(ctx, params.userId, body),
  )
}
