import type { ApiRouter } from '../../http/index.ts'
import { annotateServer } from './annotate.ts'
import { getServer } from './get.ts'
import { annotateServerInput, listServersInput, lockServerInput, metricsInput, serverParams } from './inputs.ts'
import { listServers } from './list.ts'
import { lockServer, unlockServer } from './owner-lock.ts'
import { getServerMetrics } from './metrics.ts'
import { metricsSchema, serverDetail, serverPage, serverSummary } from './schemas.ts'
import { summariseServers } from './summarise.ts'

const tag = 'Servers'

export function serverRoutes(api: ApiRouter): void {
  api.add(
    {
      method: 'get',
      path: '/servers',
      permission: 'servers:read',
      tag,
      summary: 'Servers of all projects',
      query: listServersInput,
      response: serverPage,
    },
    ({ ctx, query }) => listServers(ctx, query),
  )
  api.add(
    {
      method: 'get',
      path: '/servers/summary',
      permission: 'servers:read',
      tag,
      summary: 'The fleet in numbers',
      description: 'Counts by status, what deserves a look, the values to filter by, and how fresh all of it is.',
      response: serverSummary,
    },
    ({ ctx }) => summariseServers(ctx),
  )
  api.add(
    {
      method: 'get',
      path: '/servers/{serverId}',
      permission: 'servers:read',
      tag,
      summary: 'One server',
      description: 'Also one that is gone: its history stays.',
      params: serverParams,
      response: serverDetail,
    },
    ({ ctx, params }) => getServer(ctx, params.serverId),
  )
  api.add(
    {
      method: 'patch',
      path: '/servers/{serverId}/metadata',
      permission: 'servers:annotate',
      recordsRefusals: true,
      tag,
      summary: 'Change what people add to a server',
      description: 'Internal name, tags, notes, project and environment. Nothing of it reaches the provider.',
      params: serverParams,
      body: annotateServerInput,
      response: serverDetail,
    },
    ({ ctx, params, body }) => annotateServer(ctx, params.serverId, body),
  )
  api.add(
    {
      method: 'get',
      path: '/servers/{serverId}/metrics',
      permission: 'servers:read',
      tag,
      summary: 'Measurements of one server',
      description: 'As the provider measures them. An answer may be up to a minute old.',
      params: serverParams,
      query: metricsInput,
      response: metricsSchema,
    },
    ({ ctx, params, query }) => getServerMetrics(ctx, params.serverId, query.range),
  )
  api.add(
    {
      method: 'put',
      path: '/servers/{serverId}/lock',
      permission: 'servers:lock',
      recordsRefusals: true,
      tag,
      summary: 'Lock a server against destruction',
      description: 'Nobody deletes, rebuilds or resizes it, on whatever path, until an owner unlocks it.',
      params: serverParams,
      body: lockServerInput,
      response: serverDetail,
    },
    ({ ctx, params, body }) => lockServer(ctx, params.serverId, body.reason ?? null),
  )
  api.add(
    {
      method: 'delete',
      path: '/servers/{serverId}/lock',
      permission: 'servers:lock',
      recordsRefusals: true,
      tag,
      summary: 'Unlock a server',
      description: 'Needs a fresh passkey proof.',
      params: serverParams,
      response: serverDetail,
    },
    ({ ctx, params }) => unlockServer(ctx, params.serverId),
  )
}
