import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'

// Once per test file, in that file's own storage. The tests of a file share it: they use fresh ids.
if (env.LIBSQL_URL) {
  const response = await fetch(`${env.LIBSQL_URL}/reset`, {
    method: 'POST',
    headers: { authorization: `Bearer ${env.LIBSQL_TOKEN}` },
  })
  await response.text()
} else {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
}
