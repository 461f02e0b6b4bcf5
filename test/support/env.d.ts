/** What vitest.config.ts binds beside the bindings of `demo`. */
declare namespace Cloudflare {
  interface Env {
    TEST_MIGRATIONS: import('cloudflare:test').D1Migration[]
    MASTER_KEYS: string
    SESSION_KEYS: string
    SEAL_KEYS: string
    LIBSQL_URL?: string
    LIBSQL_TOKEN?: string
  }
}
