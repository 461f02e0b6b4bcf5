import type { ApiRouter } from '../../../http/index.ts'
import { waysInSchema } from '../passwords/schemas.ts'
import { beginTotp } from './begin.ts'
import { finishTotp } from './finish.ts'
import { removeTotp } from './remove.ts'
import { finishTotpInput, totpBegunSchema } from './schemas.ts'

const own = { permission: 'self', tag: 'Passwords' } as const

export function totpRoutes(api: ApiRouter): void {
  api.add(
    {
      ...own,
      method: 'post',
      path: '/me/totp/begin',
      summary: 'Set up an authenticator app',
      description: 'Needs a passkey proven within five minutes. The secret is shown this once.',
      response: totpBegunSchema,
    },
    ({ ctx, http }) => {
      http.set('answerIsSecret', true)
      return beginTotp(ctx)
    },
  )
  api.add(
    {
      ...own,
      method: 'post',
      path: '/me/totp/finish',
      summary: 'Confirm the authenticator app',
      description: 'With the first code it shows. It takes the place of an earlier one.',
      body: finishTotpInput,
      response: waysInSchema,
    },
    ({ ctx, body }) => finishTotp(ctx, body),
  )
  api.add(
    {
      ...own,
      method: 'delete',
      path: '/me/totp',
      summary: 'Remove the authenticator app',
      description: 'The password opens nothing without it. Needs a passkey proven within five minutes.',
    },
    ({ ctx }) => removeTotp(ctx),
  )
}
