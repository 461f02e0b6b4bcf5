export { getServerOrThrow, type ServerRecord } from './get-or-throw.ts'
export { serverRoutes } from './routes.ts'
