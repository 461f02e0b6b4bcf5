// npm run verify-audit -- export.jsonl, or archived files (.jsonl.gz), several in a row: checks an export of the activity log offline, with the public keys alone.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { fingerprintOf, type PublicSealKey } from '../features/seals/keys.ts'
import { gunzip, isGzip } from '../features/seals/gzip.ts'
import { joinExports, readExport, verifyExport } from '../features/seals/read-export.ts'
import type { Problem } from '../features/seals/verify.ts'
import { bold, say, stop } from './lib/say.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** A JSON file with the keys you trust (`{"keys":[…]}`), kept apart from the export. */
    keys: { type: 'string' },
    /** `number:hash` of a seal you wrote down earlier. */
    head: { type: 'string' },
  },
})

if (positionals.length === 0)
  stop('Say which export: npm run verify-audit -- webnova-audit.jsonl [--keys keys.json] [--head 12:hash]')

function describe(problem: Problem): string {
  switch (problem.kind) {
    case 'row_missing':
      return `Row ${problem.seq} is missing (seal ${problem.seal}).`
    case 'row_inserted':
      return `Row ${problem.seq} was inserted (seal ${problem.seal}).`
    case 'row_changed':
      return `Row ${problem.seq} was changed (seal ${problem.seal}).`
    case 'seal_missing':
      return `Seal ${problem.seal} is missing: the log was cut off or replaced.`
    case 'seal_broken_chain':
      return `Seal ${problem.seal} does not follow from the one before: it was replaced.`
    case 'seal_bad_signature':
      return `Seal ${problem.seal} has no valid signature: it was changed.`
    case 'key_unknown':
      return `Seal ${problem.seal} is signed with key ${problem.keyId}, which you do not trust.`
  }
}

function parseHead(text: string | undefined): { number: number; hash: string } | undefined {
  if (text === undefined) return undefined
  const [number, hash] = text.split(':')
  if (!number || !hash || !/^\d+$/.test(number)) return stop('--head is number:hash, as the dashboard shows it.')
  return { number: Number(number), hash }
}

async function readFile(file: string) {
  const bytes = Uint8Array.from(readFileSync(file))
  return readExport(isGzip(bytes) ? await gunzip(bytes) : new TextDecoder().decode(bytes))
}

const log = joinExports(await Promise.all(positionals.map(readFile)))
const trusted = values.keys
  ? (JSON.parse(readFileSync(values.keys, 'utf8')) as { keys: PublicSealKey[] }).keys
  : log.keys
const verdict = await verifyExport(log, trusted, parseHead(values.head))

if (!values.keys) {
  const names = await Promise.all(trusted.map(async (key) => `${key.kid} ${await fingerprintOf(key)}`))
  say(
    `Verified with the keys in the export itself (${names.join(', ')}). Compare the fingerprints with a copy of your own.`,
  )
}
if (verdict.problem) {
  say(bold(describe(verdict.problem)))
  process.exitCode = 1
} else {
  const { after } = log
  const [rows, seals] = [verdict.head.toSeq - after.toSeq, verdict.head.number - after.number]
  say(bold(`Nothing was changed: ${rows} rows under ${seals} seals.`))
  if (after.number > 0) say(`This goes on after seal ${after.number}:${after.hash}; give the files before it, too.`)
  if (verdict.unsealed > 0) say(`${verdict.unsealed} rows after the last seal are not covered yet.`)
  say(`Head: ${verdict.head.number}:${verdict.head.hash}`)
}
