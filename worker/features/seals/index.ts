export { archiveAudit } from './archive-audit.ts'
export { sealRoutes } from './routes.ts'
export { sealAudit } from './seal-audit.ts'
