import type { ApiRouter } from '../../http/index.ts'
import { addAccount } from './add-account.ts'
import { getAccount } from './get-account.ts'
import { listAccounts } from './list-accounts.ts'
import { pauseAccount } from './pause-account.ts'
import { reencryptTokens } from './reencrypt-tokens.ts'
import { removeAccount } from './remove-account.ts'
import { renameAccount } from './rename-account.ts'
import { replaceToken } from './replace-token.ts'
import { resumeAccount } from './resume-account.ts'
import * as schemas from './schemas.ts'

const tag = 'Projects'
const { accountParams: params, accountSchema } = schemas
const change = { permission: 'accounts:manage', recordsRefusals: true } as const

/** Connected provider projects. No operation ever answers with a token. */
export function accountRoutes(api: ApiRouter): void {
  readRoutes(api)
  changeRoutes(api)
  stateRoutes(api)
}

function readRoutes(api: ApiRouter): void {
  const permission = 'accounts:read'
  api.add(
    {
      method: 'get',
      path: '/providers',
      permission,
      tag,
      summary: 'Providers that can be connected',
      response: schemas.providerList,
    },
    async ({ ctx }) => ({ items: ctx.providers.known() }),
  )
  api.add(
    { method: 'get', path: '/accounts', permission, tag, summary: 'Connected projects', response: schemas.accountList },
    ({ ctx }) => listAccounts(ctx),
  )
  api.add(
    {
      method: 'get',
      path: '/accounts/{accountId}',
      permission,
      tag,
      summary: 'One project',
      params,
      response: accountSchema,
    },
    ({ ctx, params: { accountId } }) => getAccount(ctx, accountId),
  )
}

function changeRoutes(api: ApiRouter): void {
  api.add(
    {
      method: 'post',
      path: '/accounts',
      ...change,
      tag,
      summary: 'Connect a project',
      description: 'The token is checked with the provider before it is stored. The first sync is due at once.',
      body: schemas.addAccountInput,
      response: accountSchema,
      status: 201,
    },
    ({ ctx, body }) => addAccount(ctx, body),
  )
  api.add(
    {
      method: 'patch',
      path: '/accounts/{accountId}',
      ...change,
      tag,
      summary: 'Rename a project',
      params,
      body: schemas.renameAccountInput,
      response: accountSchema,
    },
    ({ ctx, params: { accountId }, body }) => renameAccount(ctx, accountId, body),
  )
  api.add(
    {
      method: 'put',
      path: '/accounts/{accountId}/token',
      destructive: true,
      ...change,
      tag,
      summary: 'Replace the token',
      description:
        'The new one is checked first and has to belong to the same project; a refused one changes nothing. Needs a ' +
        'passkey proven within five minutes.',
      params,
      body: schemas.replaceTokenInput,
      response: accountSchema,
    },
    ({ ctx, params: { accountId }, body }) => replaceToken(ctx, accountId, body),
  )
  api.add(
    {
      method: 'delete',
      path: '/accounts/{accountId}',
      ...change,
      tag,
      summary: 'Disconnect a project',
      description:
        'Wipes the token and takes its servers off the list. The history stays; nothing happens at the provider. Needs ' +
        'a passkey proven within five minutes.',
      params,
    },
    ({ ctx, params: { accountId } }) => removeAccount(ctx, accountId),
  )
}

function stateRoutes(api: ApiRouter): void {
  api.add(
    {
      method: 'post',
      path: '/accounts/{accountId}/pause',
      ...change,
      tag,
      summary: 'Pause a project',
      description: 'No request goes to the provider for it until it is resumed.',
      params,
      response: accountSchema,
    },
    ({ ctx, params: { accountId } }) => pauseAccount(ctx, accountId),
  )
  api.add(
    {
      method: 'post',
      path: '/accounts/{accountId}/resume',
      ...change,
      tag,
      summary: 'Resume a project',
      params,
      response: accountSchema,
    },
    ({ ctx, params: { accountId } }) => resumeAccount(ctx, accountId),
  )
  api.add(
    {
      method: 'post',
      path: '/accounts/reencrypt',
      ...change,
      tag,
      summary: 'Seal tokens under the newest master key',
      description: 'A batch at a time: call again until `remaining` is 0, then the older key may be dropped.',
      response: schemas.reencryptReport,
    },
    ({ ctx }) => reencryptTokens(ctx),
  )
}
