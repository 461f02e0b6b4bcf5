import { setSessionCookies, type ApiRouter } from '../../../http/index.ts'
import { deviceFacts } from '../device-facts.ts'
import { finishLinkInput } from '../enrolment/schemas.ts'
import { challengeSchema } from '../webauthn/schemas.ts'
import { beginSetup } from './begin.ts'
import { finishSetup } from './finish.ts'
import { beginSetupInput, claimedSchema, setupStatusSchema } from './schemas.ts'
import { readSetupStatus } from './status.ts'

const open = { permission: 'public', tag: 'Set-up' } as const

export function setupRoutes(api: ApiRouter): void {
  api.add(
    {
      ...open,
      method: 'get',
      path: '/setup',
      summary: 'Whether this instance has an owner',
      response: setupStatusSchema,
    },
    ({ ctx }) => readSetupStatus(ctx),
  )
  api.add(
    {
      ...open,
      method: 'post',
      path: '/setup/begin',
      summary: 'Open the set-up link',
      body: beginSetupInput,
      response: challengeSchema,
    },
    ({ ctx, body }) => beginSetup(ctx, body),
  )
  api.add(
    {
      ...open,
      method: 'post',
      path: '/setup/finish',
      summary: 'Become the first owner',
      body: finishLinkInput,
      response: claimedSchema,
    },
    async ({ ctx, body, http }) => {
      http.set('answerIsSecret', true)
      const { me, tokens, recoveryCodes } = await finishSetup(ctx, body, deviceFacts(http))
      setSessionCookies(http, tokens)
      return { me, recoveryCodes }
    },
  )
}
