// The first file of every command: plain JavaScript, no packages, so that it runs in a bare clone on Node 20.
// It checks the machine, installs what is missing and hands over to worker/cli/<command>.ts on a Node that is new enough.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const windows = process.platform === 'win32'

/** The tools (Vite, Wrangler, type stripping) need this much; npm brings it along on linux-x64. */
const TOOLS_NEED = { major: 22, minor: 18 }
const RUNS_ON = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64']

/** @param {string} message one line: what is missing and how to get it @returns {never} */
function stop(message) {
  console.error(`\n  ${message}\n`)
  process.exit(1)
}

/** @param {string} version @param {number} major @param {number} minor */
function atLeast(version, major, minor) {
  const [a = 0, b = 0] = version.replace('v', '').split('.').map(Number)
  return a > major || (a === major && b >= minor)
}

function checkMachine() {
  if (!atLeast(process.version, 20, 0)) {
    stop(`WebNova needs Node 20 or newer and this is ${process.version}. Get it from https://nodejs.org/en/download`)
  }
  const platform = `${process.platform}-${process.arch}`
  if (!RUNS_ON.includes(platform)) {
    stop(`The Workers runtime does not exist for ${platform}. It runs on ${RUNS_ON.join(', ')}.`)
  }
  const report = /** @type {any} */ (process.report.getReport())
  if (process.platform === 'linux' && !report.header.glibcVersionRuntime) {
    stop('The Workers runtime needs glibc and this Linux has musl (Alpine). Use a Debian or Ubuntu image instead.')
  }
}

/** How to call npm: the one that called us, else the one on the path. */
function npm() {
  const script = process.env.npm_execpath
  if (script && existsSync(script)) return { command: process.execPath, before: [script], shell: false }
  const found = spawnSync('npm', ['--version'], { shell: windows })
  if (found.status !== 0) stop('npm was not found. It comes with Node: https://nodejs.org/en/download')
  return { command: 'npm', before: [], shell: windows }
}

/** True when every package the lockfile asks for is installed in exactly that version (optional ones may be absent). */
function installed() {
  try {
    const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
    const present = JSON.parse(readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8')).packages
    return Object.entries(wanted).every(([path, entry]) => {
      if (path === '' || entry.link) return true
      return present[path] ? present[path].version === entry.version : entry.optional === true
    })
  } catch {
    return false
  }
}

function install() {
  console.log('  Installing packages (once, about half a minute)…')
  const { command, before, shell } = npm()
  const args = [...before, 'ci', '--no-audit', '--no-fund', '--loglevel=error']
  const result = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell })
  if (result.status !== 0)
    stop('npm ci did not finish. The lines above say why; once that is fixed, run the command again.')
}

/** The machine's Node where it is new enough, else the one npm brought along. */
function pickNode() {
  const { major, minor } = TOOLS_NEED
  if (atLeast(process.version, major, minor)) return process.execPath
  const own = join(root, 'node_modules', '.bin', 'node')
  if (existsSync(own)) return own
  const wanted = `${major}.${minor}`
  return stop(
    `On this platform WebNova needs Node ${wanted} or newer, not ${process.version}: https://nodejs.org/en/download`,
  )
}

const [command = '', ...args] = process.argv.slice(2)
const script = join(root, 'worker', 'cli', `${command}.ts`)
if (!/^[a-z-]+$/.test(command) || !existsSync(script)) stop(`There is no command "${command}". See "npm run".`)

checkMachine()
if (!installed()) install()

const bin = join(root, 'node_modules', '.bin')
const child = spawn(pickNode(), ['--disable-warning=ExperimentalWarning', script, ...args], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    PATH: `${bin}${windows ? ';' : ':'}${process.env.PATH ?? ''}`,
    WRANGLER_SEND_METRICS: 'false',
    WRANGLER_HIDE_BANNER: 'true',
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  },
})
// Ctrl-C reaches the child by itself (same terminal); a signal sent to this process alone is passed on.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
