export { followOperation } from './follow-operation.ts'
export { getOperation } from './get-operation.ts'
export { listOperations } from './list-operations.ts'
export { powerServer } from './power-server.ts'
export { powerServers } from './power-servers.ts'
export { actionRoutes } from './routes.ts'
export type { Operation } from './schemas.ts'
export {
  acceptTool,
  beginTool,
  endTool,
  followTool,
  isUnderWay,
  toolLock,
  type ToldAction,
  type ToolOperation,
} from './tool-operation.ts'
export { sweepAbandoned, sweepOperations } from './sweep-operations.ts'
