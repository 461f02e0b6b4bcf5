import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../../worker/cli/lib/free-port.ts'
import { root } from '../../../worker/cli/lib/paths.ts'
import { emptyState } from './global-setup.ts'

export interface ProductOptions {
  /** The port to ask for; a free one of this test process's own unless told. */
  port?: number
  /** Adds this many servers to the first simulated project. */
  fleet?: number
  /** How long simulated transitions take, as a factor: 1 as in reality, 0 at once. */
  timeScale?: number
}

interface Started {
  origin: string
  setUpLink: string | null
  projects: { name: string; token: string }[]
}

/** Test processes run side by side, and a restarted product wants its address back: each has a range of its own. */
const FIRST_PORT = 10_000 + (process.pid % 200) * 100

/** The built product, started as `npm start` starts it: same program, same workerd, its own fresh folder. */
export class Product {
  readonly dir: string
  readonly #port: number
  #started: Started = { origin: '', setUpLink: null, projects: [] }
  #child: ChildProcess | null = null

  constructor(dir: string, port: number) {
    this.dir = dir
    this.#port = port
  }

  get origin(): string {
    return this.#started.origin
  }

  /** The one-time link of this start. @throws once the instance has an owner */
  get setUpLink(): string {
    if (this.#started.setUpLink) return this.#started.setUpLink
    throw new Error('This instance has an owner: there is no set-up link.')
  }

  get projects(): Started['projects'] {
    return this.#started.projects
  }

  /** The tokens to paste, in the order of the projects. */
  get tokens(): string[] {
    return this.#started.projects.map((project) => project.token)
  }

  /** What the Worker has logged so far, one JSON object a line. */
  log(): string {
    const file = join(this.dir, 'webnova.log')
    return existsSync(file) ? readFileSync(file, 'utf8') : ''
  }

  /** Calls the simulator's control API and returns its answer. */
  async control<Answer = unknown>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${this.origin}/simulator/control${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} /simulator/control${path}: ${response.status} ${text}`)
    return (text === '' ? undefined : JSON.parse(text)) as Answer
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, [join(root, 'worker', 'cli', 'start.ts'), '--json', '--dir', this.dir], {
      cwd: root,
      // A group of its own, so that one signal ends the program and its workerd together.
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PORT: String(this.#port), WRANGLER_SEND_METRICS: 'false' },
    })
    this.#child = child
    this.#started = await firstLine(child)
  }

  /** Ends it in order: requests under way finish, the data stays. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM')
    rmSync(this.dir, { recursive: true, force: true })
  }

  /** Ends the program and workerd at once, whatever they are doing. */
  async kill9(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** Ends the program alone, as the machine's out-of-memory killer might: its workerd stays behind. */
  async killProgram(): Promise<void> {
    await this.#end('SIGKILL', false)
  }

  /** Starts again on the same data and the same address; ends what still runs first. */
  async restart(): Promise<void> {
    await this.#end('SIGTERM')
    await this.start()
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL', group = signal === 'SIGKILL'): Promise<void> {
    const child = this.#child
    this.#child = null
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    if (group && process.platform !== 'win32') process.kill(-child.pid, signal)
    else child.kill(signal)
    await ended
  }
}

/** The line of JSON that says it runs. @throws with what it printed when it ends before that */
async function firstLine(child: ChildProcess): Promise<Started> {
  let output = ''
  return await new Promise((resolve, reject) => {
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const line = output.split('\n').find((text) => text.startsWith('{'))
      if (line?.endsWith('}')) resolve(JSON.parse(line) as Started)
    })
    child.once('exit', (code) => reject(new Error(`The product ended with code ${code} before it ran:\n${output}`)))
  })
}

/** Starts the product on a free port with an empty database. About a second. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const dir = mkdtempSync(join(tmpdir(), 'webnova-e2e-'))
  cpSync(emptyState, join(dir, 'state'), { recursive: true })
  const product = new Product(dir, options.port ?? (await freePort(FIRST_PORT)))
  await product.start()
  const { fleet, timeScale } = options
  if (timeScale !== undefined) await product.control('PUT', '/time', { scale: timeScale })
  if (fleet) await product.control('POST', '/seed', { project: product.projects[0]?.name, servers: fleet })
  return product
}
