import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'

// Once per test file, in that file's own storage. The tests of a file share it: they use fresh ids.
await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
