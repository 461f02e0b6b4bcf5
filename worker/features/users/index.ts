export { suspendBySystem } from './end-access.ts'
export { isLastActiveOwner } from './last-owner.ts'
export { userRoutes } from './routes.ts'
