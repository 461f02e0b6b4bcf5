import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'

interface Program {
  run: string[]
  /** Where it has to be for its snippet to be tried. */
  needs: string
  /** Only read, not run: it would fetch a provider from the network. */
  readsOnly?: boolean
}

const programs: Record<string, Program> = {
  hcloud: { run: ['/bin/sh', '-eu'], needs: '/usr/bin/hcloud' },
  curl: { run: ['/bin/sh', '-eu'], needs: '/usr/bin/curl' },
  Python: { run: ['/usr/bin/python3', '-'], needs: '/usr/lib/python3/dist-packages/hcloud' },
  Terraform: { run: ['terraform', 'fmt', '-check', '-'], needs: '/usr/local/bin/terraform', readsOnly: true },
  Ansible: {
    run: ['/usr/bin/python3', '-c', 'import sys, yaml; print(yaml.safe_load(sys.stdin))'],
    needs: '/usr/lib/python3/dist-packages/yaml',
    readsOnly: true,
  },
}

/**
 * Feeds a snippet, as it was copied, to the program it is for, with nothing but the key in its environment.
 * @returns what it wrote; null where the program is not here
 */
export async function trySnippet(tool: string, text: string, secret: string): Promise<string | null> {
  const program = programs[tool]
  if (!program) throw new Error(`Nothing is known of ${tool}.`)
  if (!existsSync(program.needs)) {
    console.warn(`\n!!! NOT RUN: the snippet for ${tool}, because ${program.needs} is missing.\n`)
    return null
  }
  const [command = '', ...args] = program.run
  const env = { WEBNOVA_KEY: secret, PATH: process.env['PATH'] ?? '', HOME: '/nonexistent' }
  const child = spawn(command, args, { env, timeout: 60_000 })
  const [out, problems]: [string[], string[]] = [[], []]
  child.stdout.on('data', (data: Buffer) => out.push(data.toString()))
  child.stderr.on('data', (data: Buffer) => problems.push(data.toString()))
  child.stdin.end(`${text}\n`)
  const code = await new Promise((resolve) => child.on('close', resolve))
  if (code !== 0) throw new Error(`${tool} ended with ${String(code)}: ${problems.join('')}${out.join('')}`)
  return program.readsOnly ? null : out.join('')
}
