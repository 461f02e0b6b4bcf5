import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../../../worker/cli/lib/paths.ts'

export interface Ran {
  code: number | null
  output: string
}

/** Runs a command of the repository as npm runs it, to its end. */
export async function runCommand(name: string, args: string[] = [], env: Record<string, string> = {}): Promise<Ran> {
  const bootstrap = join(root, 'worker', 'cli', 'bootstrap.mjs')
  const child = spawn(process.execPath, [bootstrap, name, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return await new Promise((resolve) => child.once('close', (code) => resolve({ code, output })))
}
