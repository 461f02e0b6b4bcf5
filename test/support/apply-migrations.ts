import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { libsqlAsD1 } from './libsql-as-d1.ts'

// Once per test file, in that file's own storage. The tests of a file share it: they use fresh ids.
if (env.LIBSQL_URL && env.LIBSQL_TOKEN) {
  const headers = { authorization: `Bearer ${env.LIBSQL_TOKEN}` }
  await (await fetch(`${env.LIBSQL_URL}/reset`, { method: 'POST', headers })).text()
  Object.defineProperty(env, 'DB', { value: libsqlAsD1(env.LIBSQL_URL, env.LIBSQL_TOKEN) })
} else {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
}
