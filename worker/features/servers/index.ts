export { getServerOrThrow, type ServerRecord } from './get-or-throw.ts'
export { assertNotOwnerLocked, type Destruction } from './owner-lock.ts'
export { resourceOf, type ServerFacts } from './resource-of.ts'
export { serverRoutes } from './routes.ts'
