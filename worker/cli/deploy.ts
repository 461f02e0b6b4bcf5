// npm run deploy -- --env production: dashboard, migrations, Worker, in this order.
import { join } from 'node:path'
import { buildWeb } from './lib/build-web.ts'
import { root } from './lib/paths.ts'
import { runTool, ToolFailed } from './lib/run-tool.ts'
import { bold, say, step, stop } from './lib/say.ts'
import { readOptions, readTarget } from './lib/target.ts'

const options = readOptions({ 'dry-run': { type: 'boolean', default: false } })
if (options.env === 'demo') stop('Which deployment? npm run deploy -- --env staging (or production)')
const target = await readTarget(options)
const { environment } = target

/** What each secret calls its first key. */
const KEY_LABELS: Record<string, string> = { MASTER_KEYS: '1', SESSION_KEYS: 'k1', SEAL_KEYS: 's1' }

async function checkDatabase(): Promise<void> {
  const { unstable_readConfig: readConfig } = await import('wrangler')
  const config = readConfig({ config: join(root, 'wrangler.toml'), env: environment })
  if (!config.d1_databases[0]?.database_id?.startsWith('00000000-')) return
  stop(`${environment} has no database yet: npx wrangler d1 create webnova, then put its id into wrangler.toml.`)
}

async function checkSecrets(): Promise<void> {
  const listed = await runTool('wrangler', ['secret', 'list', '--env', environment]).catch(() => null)
  // The first deployment creates the Worker that secrets belong to.
  const missing = Object.keys(KEY_LABELS).filter((name) => !listed?.includes(`"${name}"`))
  if (missing.length === 0) return
  say()
  say(`Secrets still to set, or nothing will be served: ${missing.join(', ')}`)
  for (const name of missing) {
    const label = KEY_LABELS[name]
    say(`  node -p "'${label}:' + crypto.randomBytes(32).toString('base64url')"   # keep it safe, then`)
    say(`  npx wrangler secret put ${name} --env ${environment}`)
  }
}

try {
  if (!options['dry-run']) await checkDatabase()
  await step('Building the dashboard', buildWeb)
  if (options['dry-run']) {
    await step('Bundling, without a deployment', () =>
      runTool('wrangler', ['deploy', '--dry-run', '--env', environment]),
    )
  } else {
    await step('Applying migrations', () =>
      runTool('wrangler', ['d1', 'migrations', 'apply', 'DB', '--remote', '--env', environment], { env: { CI: '1' } }),
    )
    await step('Deploying', () => runTool('wrangler', ['deploy', '--env', environment]))
    await checkSecrets()
    say()
    say(`Deployed to ${bold(target.origin)}. A new instance is claimed with: npm run setup -- --env ${environment}`)
  }
} catch (error) {
  if (!(error instanceof ToolFailed)) throw error
  console.error(error.output.trim())
  stop('The lines above say why. Not signed in? npx wrangler login')
}
