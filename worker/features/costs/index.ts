export { briefServerCost } from './brief.ts'
export { costRoutes } from './routes.ts'
export { snapshotCosts } from './snapshot.ts'
