import type { ApiRouter } from '../../../http/index.ts'
import { regenerateRecoveryCodes } from './regenerate.ts'
import { recoveryCodesSchema, recoveryStatusSchema } from './schemas.ts'
import { readRecoveryStatus } from './status.ts'

const own = { permission: 'self', tag: 'Recovery codes' } as const

export function recoveryRoutes(api: ApiRouter): void {
  api.add(
    {
      ...own,
      method: 'get',
      path: '/me/recovery-codes',
      summary: 'How many codes are left',
      response: recoveryStatusSchema,
    },
    ({ ctx }) => readRecoveryStatus(ctx),
  )
  api.add(
    {
      ...own,
      method: 'post',
      path: '/me/recovery-codes',
      summary: 'Make new recovery codes',
      description: 'Replaces all earlier ones. Needs a passkey proven within five minutes.',
      response: recoveryCodesSchema,
    },
    ({ ctx, http }) => {
      http.set('answerIsSecret', true)
      return regenerateRecoveryCodes(ctx)
    },
  )
}
