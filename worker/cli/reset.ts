import { existsSync, rmSync } from 'node:fs'
import { demo } from './lib/paths.ts'
import { findRunning } from './lib/running.ts'
import { say, stop } from './lib/say.ts'

const running = await findRunning(demo.running)
if (running) stop(`WebNova is running at ${running.origin}. Stop it with Ctrl-C first, then run npm run reset again.`)

const had = existsSync(demo.dir)
rmSync(demo.dir, { recursive: true, force: true })
say(had ? 'The demo is empty again. npm start begins anew, with a new set-up link.' : 'There was nothing to empty.')
