export { idempotencyStore, pruneIdempotencyKeys } from './idempotency.store.ts'
