import type { ApiRouter } from '../../http/index.ts'
import { approvalRoutes } from './approvals/routes.ts'
import { createKey } from './create-key.ts'
import { listAllKeys, listOwnKeys } from './list-keys.ts'
import { previewKey } from './preview/preview-key.ts'
import { previewInput, previewSchema } from './preview/schemas.ts'
import { revokeAnyKey, revokeOwnKey } from './revoke-key.ts'
import { rotateKey } from './rotate-key.ts'
import * as schemas from './schemas.ts'
import { readAnyKeyDetail, readOwnKeyDetail } from './usage/read-usage.ts'
import { changeKey } from './update-key.ts'

const tag = 'API keys'
const own = { permission: 'api-keys:use', tag } as const
const change = { ...own, recordsRefusals: true } as const
const { keyParams: params, keySchema, madeKeySchema } = schemas

/** No key can call any of these: they are for people in their sessions. */
export function apiKeyRoutes(api: ApiRouter): void {
  ownKeyRoutes(api)
  governedKeyRoutes(api)
  approvalRoutes(api)
}

function ownKeyRoutes(api: ApiRouter): void {
  api.add(
    { ...own, method: 'get', path: '/me/api-keys', summary: 'Your API keys', response: schemas.keyList },
    ({ ctx }) => listOwnKeys(ctx),
  )
  api.add(
    {
      ...own,
      method: 'get',
      path: '/me/api-keys/{keyId}',
      summary: 'One of your API keys, and what it was used for',
      description: 'Calls are counted within seconds; what it was of use for is known to the day.',
      params,
      response: schemas.keyDetailSchema,
    },
    ({ ctx, params: { keyId } }) => readOwnKeyDetail(ctx, keyId),
  )
  api.add(
    {
      ...own,
      method: 'get',
      path: '/me/api-key-preview',
      summary: 'What an API key would be able to do',
      description: 'Decided by the rules that decide when it is used, on examples. Makes nothing.',
      query: previewInput,
      response: previewSchema,
    },
    ({ ctx, query }) => previewKey(ctx, query),
  )
  api.add(
    {
      ...change,
      method: 'post',
      path: '/me/api-keys',
      summary: 'Make an API key',
      description:
        'No wider than yourself, now and at each use. The key is shown this once. Needs a fresh passkey proof.',
      body: schemas.createKeyInput,
      response: madeKeySchema,
      status: 201,
    },
    ({ ctx, body, http }) => {
      http.set('answerIsSecret', true)
      return createKey(ctx, body)
    },
  )
  api.add(
    {
      ...change,
      method: 'patch',
      path: '/me/api-keys/{keyId}',
      summary: 'Rename an API key or make it narrower',
      description: 'A key never becomes wider. From where it works can be changed, with a fresh passkey proof.',
      params,
      body: schemas.updateKeyInput,
      response: keySchema,
    },
    ({ ctx, params: { keyId }, body }) => changeKey(ctx, keyId, body),
  )
  api.add(
    {
      ...change,
      method: 'post',
      path: '/me/api-keys/{keyId}/rotate',
      summary: 'Replace an API key',
      description: 'Its successor is shown this once; the old one works a little longer. Needs a fresh passkey proof.',
      params,
      body: schemas.rotateKeyInput,
      response: madeKeySchema,
      status: 201,
    },
    ({ ctx, params: { keyId }, body, http }) => {
      http.set('answerIsSecret', true)
      return rotateKey(ctx, keyId, body.overlapDays)
    },
  )
  api.add(
    {
      ...change,
      method: 'delete',
      path: '/me/api-keys/{keyId}',
      summary: 'Revoke an API key',
      description: 'At once and for ever.',
      params,
      query: schemas.revokeQuery,
    },
    ({ ctx, params: { keyId }, query }) => revokeOwnKey(ctx, keyId, query.reason),
  )
}

function governedKeyRoutes(api: ApiRouter): void {
  api.add(
    {
      method: 'get',
      path: '/api-keys',
      permission: 'users:govern',
      tag,
      summary: 'Everybody’s API keys',
      description: 'Newest first.',
      query: schemas.listKeysInput,
      response: schemas.keyPage,
    },
    ({ ctx, query }) => listAllKeys(ctx, query),
  )
  api.add(
    {
      method: 'get',
      path: '/api-keys/{keyId}',
      permission: 'users:govern',
      tag,
      summary: 'Anybody’s API key, and what it was used for',
      params,
      response: schemas.keyDetailSchema,
    },
    ({ ctx, params: { keyId } }) => readAnyKeyDetail(ctx, keyId),
  )
  api.add(
    {
      method: 'delete',
      path: '/api-keys/{keyId}',
      permission: 'users:govern',
      recordsRefusals: true,
      tag,
      summary: 'Revoke anybody’s API key',
      params,
      query: schemas.revokeQuery,
    },
    ({ ctx, params: { keyId }, query }) => revokeAnyKey(ctx, keyId, query.reason),
  )
}
