export { explanationSchema } from './schemas.ts'
export { accessRoutes } from './routes.ts'
