export { gatewayRoutes } from './routes.ts'
export { readActionsForMirror, readForMirror } from './read-for-mirror.ts'
