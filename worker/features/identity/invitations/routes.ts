import { setSessionCookies, type ApiRouter } from '../../../http/index.ts'
import { deviceFacts } from '../device-facts.ts'
import { beginEnrolmentInput, enrolmentChallenge, finishLinkInput } from '../enrolment/schemas.ts'
import { claimedSchema } from '../setup/schemas.ts'
import { beginInvitation } from './begin.ts'
import { finishInvitation } from './finish.ts'

const open = { permission: 'public', tag: 'Invitations' } as const

export function invitationRoutes(api: ApiRouter): void {
  api.add(
    {
      ...open,
      method: 'post',
      path: '/invitations/begin',
      summary: 'Open an invitation',
      body: beginEnrolmentInput,
      response: enrolmentChallenge,
    },
    ({ ctx, body }) => beginInvitation(ctx, body.token),
  )
  api.add(
    {
      ...open,
      method: 'post',
      path: '/invitations/finish',
      summary: 'Accept an invitation with a passkey',
      body: finishLinkInput,
      response: claimedSchema,
    },
    async ({ ctx, body, http }) => {
      http.set('answerIsSecret', true)
      const { me, tokens, recoveryCodes } = await finishInvitation(ctx, body, deviceFacts(http))
      setSessionCookies(http, tokens)
      return { me, recoveryCodes }
    },
  )
}
