import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'

const BINARY = '/usr/bin/hcloud'

/** True where the official command-line client is installed (Debian: hcloud-cli). */
export const hasHcloud = existsSync(BINARY)

if (!hasHcloud) {
  console.warn(
    `\n!!! NOT RUN: the tests with the real hcloud, because ${BINARY} is missing (Debian: apt-get install hcloud-cli).\n`,
  )
}

export interface Run {
  code: number
  stdout: string
  stderr: string
}

export interface Hcloud {
  /** Runs a command to its end, whatever becomes of it. */
  run: (...args: string[]) => Promise<Run>
  /** Runs a command that has to succeed, and gives what it wrote. */
  text: (...args: string[]) => Promise<string>
  /** The same with `-o json`, parsed. */
  json: <T>(...args: string[]) => Promise<T>
}

/** The real hcloud, pointed at an address with a token and nothing else of the caller's environment. */
export function hcloudAt(endpoint: string, token: string): Hcloud {
  const run: Hcloud['run'] = (...args) =>
    new Promise((resolve) => {
      const env = {
        HCLOUD_ENDPOINT: endpoint,
        HCLOUD_TOKEN: token,
        HCLOUD_CONFIG: '/nonexistent/cli.toml',
        HOME: '/nonexistent',
      }
      execFile(BINARY, args, { env, timeout: 30_000 }, (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr })
      })
    })
  const text: Hcloud['text'] = async (...args) => {
    const { code, stdout, stderr } = await run(...args)
    if (code !== 0) throw new Error(`hcloud ${args.join(' ')} ended with ${code}: ${stderr}`)
    return stdout
  }
  return { run, text, json: async <T>(...args: string[]) => JSON.parse(await text(...args, '-o', 'json')) as T }
}
