import { execFile, execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Debian's own: another python3 in the path would not find Debian's modules. */
const PYTHON = '/usr/bin/python3'
const SCENARIO = join(import.meta.dirname, 'hcloud-python.py')

/** True where hcloud's Python library is installed (Debian: python3-hcloud). */
export const hasPython = canImport()

if (!hasPython) {
  console.warn(
    '\n!!! NOT RUN: the tests with the real hcloud-python, because it is missing (Debian: apt-get install python3-hcloud).\n',
  )
}

function canImport(): boolean {
  if (!existsSync(PYTHON)) return false
  try {
    execFileSync(PYTHON, ['-c', 'import hcloud'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** One request that the library made, and what it was told. */
export interface LibraryCall {
  step: string
  method: string
  url: string
  sent: unknown
  answer?: unknown
  code?: string
  message?: string
  details?: unknown
}

/** The steps of the scenario that the provider refuses. */
export const pythonRefusals = [
  'ssh key create again',
  'network delete protected',
  'volume create too small',
  'server create again',
  'server create of nothing',
  'server of no id',
  'server of a huge id',
  'server resize to nothing',
  'server rescue of no type',
  'server rdns of another address',
  'server delete protected',
  'server rebuild protected',
  'snapshot delete protected',
  'server rebuild from nothing',
  'server rebuild from an impossible image',
  'server with labels of another form',
  'server with a bad label',
  'volume shrink',
  'volume delete attached',
  'firewall delete in use',
  'datacenters',
]

/** Runs Python code with an address and a token and nothing else of the caller's environment. @throws when it fails */
export function python(args: string[], { endpoint, token }: { endpoint: string; token: string }): Promise<string> {
  const env = { HCLOUD_ENDPOINT: endpoint, HCLOUD_TOKEN: token, HOME: '/nonexistent' }
  return new Promise((resolve, reject) => {
    execFile(PYTHON, args, { env, timeout: 120_000, maxBuffer: 32 * 1_024 * 1_024 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${error.message}\n${stderr}`))
      else resolve(stdout)
    })
  })
}

/** The whole scenario, call by call. */
export async function runPython(place: { endpoint: string; token: string }): Promise<LibraryCall[]> {
  const lines = (await python([SCENARIO], place)).trim().split('\n')
  return lines.map((line) => JSON.parse(line) as LibraryCall)
}
