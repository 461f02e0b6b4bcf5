export { createJournal } from './journal.ts'
export { auditRoutes } from './routes.ts'
