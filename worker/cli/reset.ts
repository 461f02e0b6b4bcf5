// npm run reset: empties the demo of this machine. Refuses while it runs.
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { endOrphans, findRunning } from './lib/running.ts'
import { say, stop } from './lib/say.ts'
import { readOptions } from './lib/target.ts'

const { dir } = readOptions({})
const running = await findRunning(join(dir, 'running.json'))
if (running) stop(`WebNova is running at ${running.origin}. Stop it with Ctrl-C first, then run npm run reset again.`)
await endOrphans(join(dir, 'running.json'))

const had = existsSync(dir)
rmSync(dir, { recursive: true, force: true })
say(had ? 'The demo is empty again. npm start begins anew, with a new set-up link.' : 'There was nothing to empty.')
