import { join } from 'node:path'
import { expect, test } from 'vitest'
import { unstable_readConfig as readConfig } from 'wrangler'

/** What this file reads of Wrangler's configuration. */
interface Config {
  name: string
  vars: Record<string, unknown>
  d1_databases: { binding: string; migrations_dir: string; database_id: string }[]
  durable_objects: { bindings: { name: string; class_name: string }[] }
  migrations: { new_sqlite_classes?: string[] }[]
  triggers: { crons: string[] }
  assets: { run_worker_first: string[] }
  compatibility_date: string
  compatibility_flags: string[]
  minify: boolean
  keep_vars: boolean
}

const file = join(import.meta.dirname, '..', '..', 'wrangler.toml')
const read = (environment: string) => readConfig({ config: file, env: environment }) as unknown as Config
const environments = ['demo', 'staging', 'production'] as const

/** What a Worker may rely on; only the demo has more: the simulator. */
function contractOf(environment: (typeof environments)[number]) {
  const config = read(environment)
  return {
    vars: Object.keys(config.vars).toSorted(),
    databases: config.d1_databases.map((database) => [database.binding, database.migrations_dir]),
    objects: config.durable_objects.bindings.map(({ name, class_name }) => `${name}:${class_name}`),
    objectMigrations: config.migrations.flatMap((migration) => migration.new_sqlite_classes ?? []),
    crons: config.triggers.crons,
    assets: config.assets,
    compatibility: [config.compatibility_date, ...config.compatibility_flags],
    minify: config.minify,
    keepVars: config.keep_vars,
  }
}

test('staging and production rely on exactly the same bindings', () => {
  expect(contractOf('staging')).toEqual(contractOf('production'))
})

test('the demo has what production has, and the simulator besides', () => {
  const demo = contractOf('demo')
  const isSimulator = (name: string) => /simulator/i.test(name)
  expect(demo.objects.filter(isSimulator)).toEqual(['SIMULATOR:Simulator'])
  expect({
    ...demo,
    objects: demo.objects.filter((name) => !isSimulator(name)),
    objectMigrations: demo.objectMigrations.filter((name) => !isSimulator(name)),
    assets: { ...demo.assets, run_worker_first: demo.assets.run_worker_first.filter((path) => !isSimulator(path)) },
  }).toEqual(contractOf('production'))
})

test('every environment has a database, a name and an origin of its own', () => {
  for (const own of [
    (environment: string) => read(environment).name,
    (environment: string) => read(environment).d1_databases[0]?.database_id,
    (environment: string) => read(environment).vars['PUBLIC_ORIGIN'],
  ]) {
    expect(new Set(environments.map(own)).size).toBe(environments.length)
  }
})

test('every Durable Object of a binding is created by a migration', () => {
  for (const environment of environments) {
    const { objects, objectMigrations } = contractOf(environment)
    expect(objects.map((name) => name.split(':')[1]).toSorted()).toEqual(objectMigrations.toSorted())
  }
})
