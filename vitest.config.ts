import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'
import { startLibsqlServer } from './test/support/libsql-server.ts'
import { testSecrets } from './test/support/secrets.ts'

const at = (path: string) => join(import.meta.dirname, path)

// The assets binding wants its folder to exist; tests in workerd need nothing inside it.
mkdirSync(at('web/build'), { recursive: true })

const main = 'worker/entries/demo.ts'

/** How many requests test/worker/{http/fuzz,gateway/escape}.test.ts make up, where somebody asks for more than usual. */
const fuzz = Object.fromEntries(
  ['FUZZ_RUNS', 'FUZZ_SEED', 'ESCAPE_RUNS', 'ESCAPE_SEED'].flatMap((name) =>
    process.env[name] ? [[name, process.env[name]]] : [],
  ),
)

/**
 * Each of these is one module for tests in workerd instead of hundreds, which every file would load one by one: a quarter of
 * the time. All that the Worker imports by value has to be here, or there would be a second copy of what stands behind it.
 */
const bundled = [
  '@hono/zod-openapi',
  '@libsql/client/web',
  '@simplewebauthn/server',
  'big.js',
  'drizzle-orm',
  'drizzle-orm/d1',
  'drizzle-orm/libsql/web',
  'drizzle-orm/sqlite-core',
  'fast-check',
  'hono',
  'hono/body-limit',
  'hono/cookie',
  'hono/factory',
  'hono/http-exception',
  'jose',
  'zod',
]
const deps = { optimizer: { ssr: { enabled: true, include: bundled } } }

/** Taken for the tests' own, a line that a Durable Object logs late keeps a run from ending (docs/decisions/0018). */
const disableConsoleIntercept = true

/** workerd with the bindings of `demo`, real migrations, and storage of its own for every file. */
const inWorkerd = (name: string) => ({
  extends: true as const,
  plugins: [
    cloudflareTest(async () => ({
      main: at(main),
      remoteBindings: false,
      wrangler: { configPath: at('wrangler.toml'), environment: 'demo' },
      miniflare: {
        bindings: { ...testSecrets, ...fuzz, TEST_MIGRATIONS: await readD1Migrations(at('migrations')) },
      },
    })),
  ],
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    setupFiles: ['test/support/apply-migrations.ts'],
    deps,
    disableConsoleIntercept,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})

/** The stores' tests once more, with libSQL over HTTP in the place of D1. One server, started over by every file. */
const onLibsql = (name: string, include: string[]) => ({
  extends: true as const,
  plugins: [
    cloudflareTest(async () => {
      const token = 'libsql-test-token'
      const server = await startLibsqlServer(at('migrations'), token)
      return {
        main: at(main),
        remoteBindings: false,
        wrangler: { configPath: at('wrangler.toml'), environment: 'demo' },
        miniflare: {
          bindings: { ...testSecrets, TEST_MIGRATIONS: [], LIBSQL_URL: server.url, LIBSQL_TOKEN: token },
        },
      }
    }),
  ],
  test: {
    name,
    include,
    // Count the calls of the D1 binding, or ask it for its plans.
    exclude: ['test/worker/identity/access-token.test.ts', 'test/worker/audit/plans.test.ts'],
    setupFiles: ['test/support/apply-migrations.ts'],
    deps,
    disableConsoleIntercept,
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})

/** Builds the product that their tests start. */
const product = 'test/e2e/support/global-setup.ts'

const inNode = (
  name: string,
  options: { testTimeout?: number; fileParallelism?: boolean; globalSetup?: string } = {},
) => ({
  extends: true as const,
  // The dashboard's compiled messages are there after a build only.
  resolve: { alias: { '#lib/paraglide/messages.js': at('test/support/arabic-messages.ts') } },
  test: {
    name,
    environment: 'node' as const,
    include: [`test/${name}/**/*.test.ts`],
    hookTimeout: 120_000,
    ...options,
  },
})

export default defineConfig({
  test: {
    // Wrangler asks and reports nothing, and fetches no request metadata, while tests run.
    env: { WRANGLER_SEND_METRICS: 'false', CLOUDFLARE_CF_FETCH_ENABLED: 'false', WRANGLER_HIDE_BANNER: 'true' },
    maxWorkers: 2,
    // What a passing test logs says nothing; what a failing one logged is shown with it. Not in workerd: npm test keeps that.
    silent: 'passed-only',
    projects: [
      inNode('unit', { testTimeout: 60_000 }),
      inWorkerd('worker'),
      inWorkerd('faults'),
      onLibsql('libsql', [
        'test/worker/db/**/*.test.ts',
        'test/worker/{servers,audit,costs,accounts,sync,identity,provider-log,idempotency}/**/*.test.ts',
      ]),
      inNode('contract', { testTimeout: 120_000 }),
      inNode('commands', { testTimeout: 240_000, fileParallelism: false, globalSetup: product }),
      inNode('clients', { testTimeout: 120_000, fileParallelism: false, globalSetup: product }),
      inNode('e2e', { testTimeout: 240_000, globalSetup: product }),
    ],
  },
})
