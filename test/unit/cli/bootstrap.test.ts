import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..', '..')
let clone: string

// A clone with one command that says on which Node it runs, and nothing installed.
beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'webnova-clone-'))
  mkdirSync(join(clone, 'worker', 'cli'), { recursive: true })
  cpSync(join(root, 'worker', 'cli', 'bootstrap.mjs'), join(clone, 'worker', 'cli', 'bootstrap.mjs'))
  writeFileSync(join(clone, 'worker', 'cli', 'hello.ts'), "console.log('hello', process.argv.slice(2).join(' '))\n")
  writeFileSync(join(clone, 'package.json'), '{"name":"clone","version":"1.0.0","lockfileVersion":3}')
  writeLock({})
})
afterAll(() => rmSync(clone, { recursive: true, force: true }))

function writeLock(packages: object): void {
  const lock = { name: 'clone', version: '1.0.0', lockfileVersion: 3, packages: { '': { name: 'clone' }, ...packages } }
  writeFileSync(join(clone, 'package-lock.json'), JSON.stringify(lock))
}

/** Runs the bootstrap; `machine` changes what it sees of the machine before it looks. */
function bootstrap(args: string[], machine = '') {
  const before = machine ? ['--import', `data:text/javascript,${encodeURIComponent(machine)}`] : []
  // A npm that only leaves a mark, so that a test installs nothing.
  const npm = join(clone, 'npm.cjs')
  writeFileSync(
    npm,
    `const fs = require('fs'); console.log('npm', process.argv.slice(2).join(' '));
     fs.mkdirSync('node_modules', { recursive: true }); fs.copyFileSync('package-lock.json', 'node_modules/.package-lock.json')`,
  )
  const result = spawnSync(process.execPath, [...before, join(clone, 'worker', 'cli', 'bootstrap.mjs'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, npm_execpath: npm },
  })
  return { code: result.status, output: result.stdout + result.stderr }
}

const lines = (output: string) => output.split('\n').filter((line) => line.trim() !== '')
const pretend = (property: string, value: string) =>
  `Object.defineProperty(process, ${JSON.stringify(property)}, { value: ${JSON.stringify(value)} })`

describe('a machine that lacks something is told so in one line', () => {
  test('Node older than 20', () => {
    const { code, output } = bootstrap(['hello'], pretend('version', 'v18.19.0'))
    expect(code).toBe(1)
    expect(lines(output)).toEqual([expect.stringMatching(/needs Node 20 or newer and this is v18\.19\.0.*nodejs\.org/)])
  })

  test('a platform without the Workers runtime', () => {
    const { code, output } = bootstrap(['hello'], pretend('arch', 'riscv64'))
    expect(code).toBe(1)
    expect(lines(output)).toEqual([expect.stringMatching(/does not exist for \w+-riscv64/)])
  })

  test.runIf(process.platform === 'linux')('a Linux without glibc', () => {
    const { code, output } = bootstrap(['hello'], 'process.report.getReport = () => ({ header: {} })')
    expect(code).toBe(1)
    expect(lines(output)).toEqual([expect.stringContaining('musl')])
  })

  test('a Node too old for the tools where npm brings none', () => {
    bootstrap(['hello'])
    const { code, output } = bootstrap(['hello'], pretend('version', 'v20.11.0'))
    expect(code).toBe(1)
    expect(lines(output)).toEqual([expect.stringMatching(/needs Node 22\.18 or newer, not v20\.11\.0/)])
  })

  test('a command that does not exist', () => {
    const { code, output } = bootstrap(['../evil'])
    expect(code).toBe(1)
    expect(output).toContain('There is no command')
  })
})

describe('what is missing is installed', () => {
  test('once, and again only when the lockfile changed', () => {
    rmSync(join(clone, 'node_modules'), { recursive: true, force: true })
    writeLock({ 'node_modules/a': { version: '1.0.0' } })
    expect(bootstrap(['hello', 'you']).output).toMatch(/Installing packages[\s\S]*npm ci[\s\S]*hello you/)
    expect(bootstrap(['hello', 'you']).output.trim()).toBe('hello you')
    writeLock({ 'node_modules/a': { version: '1.0.1' } })
    expect(bootstrap(['hello']).output).toContain('npm ci')
    expect(bootstrap(['hello']).output.trim()).toBe('hello')
  })
})
