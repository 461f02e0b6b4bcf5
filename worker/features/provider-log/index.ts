export { listProviderLog } from './list.ts'
export { pruneProviderLog } from './prune.ts'
export { recordProviderFailure } from './record.ts'
export { providerLogRoutes } from './routes.ts'
