import type { ApiRouter } from '../../http/index.ts'
import { getOperation } from './get-operation.ts'
import { listOperations } from './list-operations.ts'
import { powerServer } from './power-server.ts'
import { powerServers } from './power-servers.ts'
import {
  bulkPowerAnswer,
  bulkPowerBody,
  listOperationsInput,
  operationPage,
  operationParams,
  operationSchema,
  powerBody,
  serverParams,
} from './schemas.ts'

export function actionRoutes(api: ApiRouter): void {
  api.add(
    {
      method: 'post',
      path: '/servers/{serverId}/actions',
      destructive: true,
      permission: 'servers:power',
      recordsRefusals: true,
      tag: 'Actions',
      summary: 'Start, stop, reboot, power off or reset a server',
      description: 'Answers as soon as the provider has accepted it; the operation tells how it goes on.',
      params: serverParams,
      body: powerBody,
      response: operationSchema,
      status: 202,
    },
    ({ ctx, params, body }) => powerServer(ctx, { ...params, ...body }),
  )
  api.add(
    {
      method: 'post',
      path: '/servers/actions',
      destructive: true,
      permission: 'servers:power',
      recordsRefusals: true,
      tag: 'Actions',
      summary: 'The same action on many servers',
      description: 'One result for each server, in the order asked for. What fails on one does not stop the others.',
      body: bulkPowerBody,
      response: bulkPowerAnswer,
    },
    ({ ctx, body }) => powerServers(ctx, body),
  )
  readRoutes(api)
}

function readRoutes(api: ApiRouter): void {
  api.add(
    {
      method: 'get',
      path: '/operations',
      permission: 'servers:read',
      tag: 'Actions',
      summary: 'Operations, newest first',
      query: listOperationsInput,
      response: operationPage,
    },
    ({ ctx, query }) => listOperations(ctx, query),
  )
  api.add(
    {
      method: 'get',
      path: '/operations/{operationId}',
      permission: 'servers:read',
      tag: 'Actions',
      summary: 'How an operation is going',
      params: operationParams,
      response: operationSchema,
    },
    ({ ctx, params }) => getOperation(ctx, params.operationId),
  )
}
