import { setSessionCookies, type ApiRouter } from '../../../http/index.ts'
import { deviceFacts } from '../device-facts.ts'
import { beginEnrolment } from './begin.ts'
import { finishEnrolment } from './finish.ts'
import { beginEnrolmentInput, enrolledSchema, enrolmentChallenge, finishLinkInput } from './schemas.ts'

const open = { permission: 'public', tag: 'Break-glass' } as const

export function enrolmentRoutes(api: ApiRouter): void {
  api.add(
    {
      ...open,
      method: 'post',
      path: '/enrol/begin',
      summary: 'Open a break-glass link',
      body: beginEnrolmentInput,
      response: enrolmentChallenge,
    },
    ({ ctx, body }) => beginEnrolment(ctx, body.token),
  )
  api.add(
    {
      ...open,
      method: 'post',
      path: '/enrol/finish',
      summary: 'Enrol a new passkey with a break-glass link',
      body: finishLinkInput,
      response: enrolledSchema,
    },
    async ({ ctx, body, http }) => {
      http.set('answerIsSecret', true)
      const { me, tokens, recoveryCodes } = await finishEnrolment(ctx, body, deviceFacts(http))
      setSessionCookies(http, tokens)
      return { me, recoveryCodes }
    },
  )
}
