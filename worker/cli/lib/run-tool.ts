import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.ts'

/** Thrown when a tool ends with an error; `output` is everything it printed. */
export class ToolFailed extends Error {
  readonly output: string
  constructor(tool: string, code: number | null, output: string) {
    super(`${tool} ended with code ${code ?? 'none'}:\n${output.trim()}`)
    this.output = output
  }
}

/** Commands that carry another name than their package. */
const PACKAGE_OF: Record<string, string> = { tsc: 'typescript', depcruise: 'dependency-cruiser' }

/** The JavaScript file behind a package's command, so that it runs on this very Node and not on an older one. */
function binOf(name: string): string {
  const dir = join(root, 'node_modules', PACKAGE_OF[name] ?? name)
  const manifest = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) as {
    bin: string | Record<string, string>
  }
  const file = typeof manifest.bin === 'string' ? manifest.bin : (manifest.bin[name] ?? Object.values(manifest.bin)[0])
  const path = join(dir, file ?? '')
  if (!file || !existsSync(path)) throw new Error(`${name} has no command`)
  return path
}

interface RunOptions {
  cwd?: string
  env?: Record<string, string>
  /** Shows the output as it comes instead of keeping it. */
  inherit?: boolean
  /** Ends the tool: asked first, then forced to. */
  signal?: AbortSignal
}

/** How long a tool may take to end what it has started when it is asked to end. */
const graceMs = 10_000

/** Runs a tool of node_modules without a shell and without stdin. @throws ToolFailed */
export function runTool(name: string, args: string[], options: RunOptions = {}): Promise<string> {
  const child = spawn(process.execPath, [binOf(name), ...args], {
    cwd: options.cwd ?? root,
    stdio: ['ignore', options.inherit ? 'inherit' : 'pipe', options.inherit ? 'inherit' : 'pipe'],
    env: { ...process.env, ...options.env },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return new Promise((resolve, reject) => {
    const settle = (code: number | null) => (code === 0 ? resolve(output) : reject(new ToolFailed(name, code, output)))
    child.on('error', reject)
    child.on('close', settle)
    options.signal?.addEventListener('abort', () => {
      // What it has left behind may hold its output open for ever.
      child.on('exit', settle)
      child.kill()
      setTimeout(() => child.kill('SIGKILL'), graceMs).unref()
    })
  })
}
