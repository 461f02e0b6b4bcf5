export { pruneAlerts } from './alerts.ts'
export { protectionRoutes } from './routes.ts'
export { protection } from './watch.ts'
