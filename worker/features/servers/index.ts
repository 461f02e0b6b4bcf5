export { getServerOrThrow, type ServerRecord } from './get-or-throw.ts'
export { assertNotOwnerLocked, type Destruction } from './owner-lock.ts'
export { serverRoutes } from './routes.ts'
