export { createJournal } from './journal.ts'
