import type { ApiRouter } from '../../../http/index.ts'
import { challengeSchema } from '../webauthn/schemas.ts'
import { beginAddPasskey } from './begin-add.ts'
import { finishAddPasskey } from './finish-add.ts'
import { listPasskeys } from './list.ts'
import { removePasskey } from './remove.ts'
import { renameOwnPasskey } from './rename.ts'
import { addPasskeyInput, passkeyList, passkeyParams, passkeySchema, renamePasskeyInput } from './schemas.ts'

const own = { permission: 'self', tag: 'Passkeys' } as const

export function passkeyRoutes(api: ApiRouter): void {
  api.add({ ...own, method: 'get', path: '/me/passkeys', summary: 'Your passkeys', response: passkeyList }, ({ ctx }) =>
    listPasskeys(ctx),
  )
  api.add(
    {
      ...own,
      method: 'post',
      path: '/me/passkeys/begin',
      summary: 'Ask for another passkey',
      description: 'Needs a passkey proven within five minutes, or a session opened by a recovery code.',
      response: challengeSchema,
    },
    ({ ctx }) => beginAddPasskey(ctx),
  )
  api.add(
    {
      ...own,
      method: 'post',
      path: '/me/passkeys/finish',
      summary: 'Store the new passkey',
      body: addPasskeyInput,
      response: passkeySchema,
    },
    ({ ctx, body }) => finishAddPasskey(ctx, body),
  )
  api.add(
    {
      ...own,
      method: 'patch',
      path: '/me/passkeys/{passkeyId}',
      summary: 'Rename a passkey',
      params: passkeyParams,
      body: renamePasskeyInput,
      response: passkeySchema,
    },
    ({ ctx, params, body }) => renameOwnPasskey(ctx, params.passkeyId, body.name),
  )
  api.add(
    {
      ...own,
      method: 'delete',
      path: '/me/passkeys/{passkeyId}',
      summary: 'Remove a passkey',
      description: 'Never the last one. Needs a passkey proven within five minutes.',
      params: passkeyParams,
    },
    ({ ctx, params }) => removePasskey(ctx, params.passkeyId),
  )
}
