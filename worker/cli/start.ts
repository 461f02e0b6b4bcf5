// npm start: the whole product on this machine, with simulated projects behind it.
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { freePort } from './lib/free-port.ts'
import { startInstance, type Instance } from './lib/instance.ts'
import { demo } from './lib/paths.ts'
import { prepare } from './lib/prepare.ts'
import { ToolFailed } from './lib/run-tool.ts'
import { clearRunning, endOrphans, findRunning, markRunning } from './lib/running.ts'
import { bold, dim, say, step, stop } from './lib/say.ts'

const { values } = parseArgs({
  options: {
    /** Another folder than .demo. */
    dir: { type: 'string', default: demo.dir },
    /** One line of JSON instead of the text, for programs. */
    json: { type: 'boolean', default: false },
  },
})

function readPort(): number {
  const text = process.env['PORT'] ?? '8787'
  const port = Number(text)
  if (Number.isInteger(port) && port >= 1 && port <= 65_435) return port
  return stop(`PORT must be a number between 1 and 65435, not "${text}". For example: PORT=9000 npm start`)
}

function show(instance: Instance): void {
  say()
  say(`WebNova is running at ${bold(instance.origin)}`)
  say()
  if (instance.setUpLink) {
    say('Claim it in the browser with this link. It works once, within an hour:')
    say(bold(instance.setUpLink))
  } else {
    say('It has an owner: sign in with your passkey.')
  }
  say()
  say('Simulated projects, each with a token to paste where WebNova asks for one:')
  const width = Math.max(...instance.projects.map((project) => project.name.length))
  for (const { name, token } of instance.projects) say(`${name.padEnd(width)}  ${token}`)
  say()
  say(dim('Ctrl-C stops it and keeps the data. npm run reset empties it. Its log: .demo/webnova.log'))
  say()
}

const dir = resolve(values.dir)
const runningFile = join(dir, 'running.json')
const quietly = async <T>(_label: string, work: () => Promise<T>) => await work()
const announce = values.json ? quietly : step

const running = await findRunning(runningFile)
if (running) stop(`WebNova is already running at ${running.origin} (process ${running.pid}). Ctrl-C there stops it.`)
await endOrphans(runningFile)

const wanted = readPort()
if (!values.json) say(bold('\n  WebNova'))
await prepare(join(dir, 'state'), announce).catch((error: unknown) => {
  if (!(error instanceof ToolFailed)) throw error
  console.error(`\n${error.output.trim()}`)
  stop('The lines above say what went wrong.')
})

const port = await freePort(wanted)
if (port !== wanted && !values.json) {
  say(`Port ${wanted} is taken by another program, so this is ${port}. Your own choice: PORT=${port + 1} npm start`)
}

const instance = await announce('Starting', () =>
  startInstance({ dir, port, onError: (error) => say(`A scheduled run failed: ${String(error)}`) }),
).catch((error: unknown) => stop(`It did not start. ${String(error)}. Its log: ${join(dir, 'webnova.log')}`))
markRunning(runningFile, instance.origin)

let ending = false
async function end(): Promise<void> {
  if (ending) return
  ending = true
  clearRunning(runningFile)
  await instance.stop()
  if (!values.json) say('Stopped. The data is kept.')
  process.exit(0)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end())

if (values.json) {
  const { origin, setUpLink, projects } = instance
  console.log(JSON.stringify({ origin, setUpLink, projects }))
} else {
  show(instance)
}
