// npm run backup: the whole database in one SQL file. It holds tokens only as they are stored: encrypted.
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { backUp } from './lib/backup.ts'
import { bold, say, step } from './lib/say.ts'
import { readOptions, readTarget } from './lib/target.ts'

const options = readOptions({ output: { type: 'string' } })
const target = await readTarget(options)
const file = await step(`Exporting the database of ${target.environment}`, () =>
  backUp(target, options.output ? resolve(options.output) : undefined),
)
say(`${bold(file)} (${(statSync(file).size / 1024).toFixed(0)} KiB)`)
say('Is it worth anything? npm run restore-rehearsal restores one and compares.')
