import { join } from 'node:path'
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import type { Environment } from './build-worker.ts'
import { demo, root } from './paths.ts'
import { findRunning } from './running.ts'
import { stop } from './say.ts'

/** The instance a command works on. */
export interface Target {
  environment: Environment
  /** True for a deployment on Cloudflare, false for the demo on this machine. */
  remote: boolean
  /** Where a local instance keeps its database. */
  state: string
  origin: string
}

const ENVIRONMENTS: readonly string[] = ['demo', 'staging', 'production'] satisfies Environment[]

const common = {
  env: { type: 'string', default: 'demo' },
  remote: { type: 'boolean', default: false },
  dir: { type: 'string', default: demo.dir },
} as const

async function configuredOrigin(environment: Environment): Promise<string> {
  const { unstable_readConfig: readConfig } = await import('wrangler')
  const { vars } = readConfig({ config: join(root, 'wrangler.toml'), env: environment }, { hideWarnings: true })
  const origin = String(vars['PUBLIC_ORIGIN'] ?? '')
  if (!URL.canParse(origin) || origin.endsWith('.example.com')) {
    stop(
      `PUBLIC_ORIGIN of ${environment} is not your address yet. Set it in wrangler.toml under [env.${environment}.vars].`,
    )
  }
  return new URL(origin).origin
}

/** The options of a command, told from its arguments; a wrong one ends it with a line that names it. */
export function readOptions<Extra extends ParseArgsOptionsConfig>(extra: Extra) {
  try {
    return parseArgs({ options: { ...common, ...extra } }).values
  } catch (error) {
    return stop(`${error instanceof Error ? error.message : String(error)}`)
  }
}

/** `--env demo` is this machine unless `--remote` is given; staging and production are always deployments. */
export async function readTarget(options: { env: string; remote: boolean; dir: string }): Promise<Target> {
  if (!ENVIRONMENTS.includes(options.env))
    stop(`--env must be one of ${ENVIRONMENTS.join(', ')}, not "${options.env}".`)
  const environment = options.env as Environment
  const remote = options.remote || environment !== 'demo'
  const running = remote ? null : await findRunning(join(options.dir, 'running.json'))
  return {
    environment,
    remote,
    state: join(options.dir, 'state'),
    origin: remote ? await configuredOrigin(environment) : (running?.origin ?? 'http://localhost:8787'),
  }
}
