import type { ApiRouter } from '../../http/index.ts'
import { addGrant, removeGrant } from './change-grants.ts'
import { explainAccess, explainMine, listHolders, listPermissions } from './explain-access.ts'
import { listGrants } from './list-grants.ts'
import * as schemas from './schemas.ts'

const tag = 'Permissions'
const { userParams, grantParams, grantList, explanationSchema, explanationInput } = schemas
const change = { permission: 'users:govern', recordsRefusals: true, tag } as const

export function accessRoutes(api: ApiRouter): void {
  grantRoutes(api)
  explanationRoutes(api)
}

function grantRoutes(api: ApiRouter): void {
  const path = '/users/{userId}/grants'
  api.add(
    {
      method: 'get',
      path,
      permission: 'users:read',
      tag,
      summary: 'What a person may do on some things only',
      params: userParams,
      response: grantList,
    },
    ({ ctx, params }) => listGrants(ctx, params.userId),
  )
  api.add(
    {
      ...change,
      method: 'post',
      path,
      summary: 'Give or take permissions for some things only',
      description: 'Counts from the next request on. Taking beats giving. Needs a fresh passkey proof.',
      params: userParams,
      body: schemas.grantInput,
      response: grantList,
      status: 201,
    },
    ({ ctx, params, body }) => addGrant(ctx, params.userId, body),
  )
  api.add(
    {
      ...change,
      method: 'delete',
      path: `${path}/{grantId}`,
      summary: 'Remove such a rule',
      description: 'Needs a fresh passkey proof.',
      params: grantParams,
      response: grantList,
    },
    ({ ctx, params }) => removeGrant(ctx, params.userId, params.grantId),
  )
}

function explanationRoutes(api: ApiRouter): void {
  api.add(
    {
      method: 'get',
      path: '/permissions',
      permission: 'self',
      keys: true,
      tag,
      summary: 'Every permission there is',
      response: schemas.permissionTable,
    },
    () => Promise.resolve(listPermissions()),
  )
  api.add(
    {
      method: 'get',
      path: '/permissions/{permission}/holders',
      permission: 'users:read',
      tag,
      summary: 'Who may do this, and which rule says so',
      params: schemas.permissionParams,
      query: schemas.holdersInput,
      response: schemas.holdersSchema,
    },
    ({ ctx, params, query }) => listHolders(ctx, params.permission, query.serverId),
  )
  api.add(
    {
      method: 'get',
      path: '/users/{userId}/explanation',
      permission: 'users:read',
      tag,
      summary: 'Whether a person may do this, and which rule says so',
      params: userParams,
      query: explanationInput,
      response: explanationSchema,
    },
    ({ ctx, params, query }) => explainAccess(ctx, params.userId, query),
  )
  api.add(
    {
      method: 'get',
      path: '/me/explanation',
      permission: 'self',
      keys: true,
      tag,
      summary: 'Whether I may do this, and which rule says so',
      query: explanationInput,
      response: explanationSchema,
    },
    ({ ctx, query }) => explainMine(ctx, query),
  )
}
