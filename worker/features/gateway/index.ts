export { gatewayRoutes } from './routes.ts'
export { readForMirror } from './read-for-mirror.ts'
