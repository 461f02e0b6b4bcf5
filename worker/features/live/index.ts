export { connectLive } from './connect-live.ts'
export { liveRoutes } from './routes.ts'
