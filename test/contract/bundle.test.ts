import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { buildWeb, isWebBuilt } from '../../worker/cli/lib/build-web.ts'
import { buildWorker, bundleDir, isWorkerBuilt, type Environment } from '../../worker/cli/lib/build-worker.ts'
import { webBuild } from '../../worker/cli/lib/paths.ts'

const MIB = 1024 * 1024

beforeAll(async () => {
  if (!isWebBuilt()) await buildWeb()
  for (const environment of ['demo', 'production'] as const) {
    if (!isWorkerBuilt(environment)) await buildWorker(environment)
  }
})

const modulesOf = (environment: Environment) =>
  readdirSync(bundleDir(environment)).filter((name) => /\.(js|wasm)$/.test(name))

const textOf = (environment: Environment) =>
  modulesOf(environment)
    .map((name) => readFileSync(join(bundleDir(environment), name), 'latin1'))
    .join('\n')

/** Every source file a bundle was made of. */
const sourcesOf = (environment: Environment) =>
  readdirSync(bundleDir(environment))
    .filter((name) => name.endsWith('.js.map'))
    .flatMap((name) => JSON.parse(readFileSync(join(bundleDir(environment), name), 'utf8')).sources as string[])

const optional = /worker\/(simulator|host-access)\//

describe('the production bundle', () => {
  test('is made of the core alone: neither simulator nor host access', () => {
    const sources = sourcesOf('production')
    expect(sources.some((source) => source.includes('worker/kernel/'))).toBe(true)
    expect(sources.filter((source) => optional.test(source))).toEqual([])
    expect(textOf('production')).not.toMatch(/simulator\.internal|\/simulator\/|class Simulator\b/)
  })

  test('would be caught with the simulator in it: the demo bundle is', () => {
    expect(sourcesOf('demo').some((source) => optional.test(source))).toBe(true)
    expect(textOf('demo')).toMatch(/\/simulator\//)
  })

  test('is at most 1 MiB compressed', () => {
    const bytes = modulesOf('production').map(
      (name) => gzipSync(readFileSync(join(bundleDir('production'), name))).length,
    )
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MIB)
  })
})

describe('the built dashboard', () => {
  const scripts = () =>
    readdirSync(webBuild, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(js|html|css)$/.test(name))

  test("knows none of the provider's addresses or wire words", () => {
    const wireWords = /api\.hetzner\.cloud|\bpoweroff\b|\bpoweron\b|server_type|included_traffic|primary_ip\b/
    const found = scripts().filter((name) => wireWords.test(readFileSync(join(webBuild, name), 'utf8')))
    expect(found).toEqual([])
  })

  test('loads at most 150 kB of compressed JavaScript first', () => {
    const html = readFileSync(join(webBuild, 'index.html'), 'utf8')
    const first = [...html.matchAll(/["'](\/?_app\/immutable\/[^"']+\.js|\/[\w-]+\.js)["']/g)].map(
      ([, path]) => path ?? '',
    )
    const unique = [...new Set(first.map((path) => path.replace(/^\//, '')))]
    expect(unique.length).toBeGreaterThan(0)
    const bytes = unique.map((path) => gzipSync(readFileSync(join(webBuild, path))).length)
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(150_000)
  })

  test('carries no source map to the public', () => {
    expect(existsSync(join(webBuild, '_app'))).toBe(true)
    const maps = readdirSync(webBuild, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.map'))
    expect(maps.map((name) => basename(name))).toEqual([])
  })
})
