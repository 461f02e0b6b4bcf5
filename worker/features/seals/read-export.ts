import { firstColumnCount, rowColumns, type Seal, type SealedRow } from './chain.ts'
import type { PublicSealKey } from './keys.ts'
import { importPublicKey } from './keys.ts'
import { anchorOf, start, verifySeal, type Anchor, type Problem } from './verify.ts'

export interface ExportedLog {
  /** The seal before the first one; where a file begins with the log, the start of all. */
  after: Anchor
  keys: PublicSealKey[]
  seals: Seal[]
  rows: SealedRow[]
}

/** Reads an export (JSON Lines). @throws Error naming the first line that is none of an export's. */
export function readExport(text: string): ExportedLog {
  const log: ExportedLog = { after: start, keys: [], seals: [], rows: [] }
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const entry = parseLine(line, index + 1)
    if (entry.type === 'key') log.keys.push(entry.key as PublicSealKey)
    else if (entry.type === 'seal') log.seals.push(entry.seal as Seal)
    else if (entry.type === 'row') log.rows.push(toRow(entry.row as SealedRow['values'], index + 1))
    else if (entry.type === 'webnova-audit') log.after = toAnchor(entry.after, index + 1)
    else throw new Error(`line ${index + 1}: not a line of an export`)
  }
  return log
}

function parseLine(line: string, number: number): Record<string, unknown> {
  try {
    return JSON.parse(line) as Record<string, unknown>
  } catch {
    throw new Error(`line ${number}: not JSON; the file is cut off or damaged`)
  }
}

function toAnchor(after: unknown, number: number): Anchor {
  if (after === undefined) return start
  const anchor = after as Anchor
  if (Number.isInteger(anchor?.number) && Number.isInteger(anchor.toSeq) && typeof anchor.hash === 'string')
    return anchor
  throw new Error(`line ${number}: not the header of an export`)
}

/** Archived files of consecutive spans as one log. @throws Error naming the first seal between two that is in neither */
export function joinExports(logs: readonly ExportedLog[]): ExportedLog {
  const sorted = logs.toSorted((a, b) => a.after.number - b.after.number)
  for (const [i, log] of sorted.entries()) {
    const before = sorted[i - 1]?.seals.at(-1)?.number
    if (before !== undefined && log.after.number !== before) throw new Error(`no file has seal ${before + 1}`)
  }
  const keys = new Map(sorted.flatMap((log) => log.keys).map((key) => [`${key.kid} ${key.x}`, key]))
  return {
    after: sorted[0]?.after ?? start,
    keys: [...keys.values()],
    seals: sorted.flatMap((log) => log.seals),
    rows: sorted.flatMap((log) => log.rows),
  }
}

const lengths: readonly number[] = [firstColumnCount, rowColumns.length]

function toRow(values: SealedRow['values'], number: number): SealedRow {
  const seq = Array.isArray(values) && lengths.includes(values.length) ? values[0] : null
  if (typeof seq !== 'number') throw new Error(`line ${number}: not a row of the log`)
  return { seq, values }
}

export interface ExportVerdict {
  problem: Problem | null
  head: Anchor
  /** Rows after the last seal: written in the last minute, or put there by somebody. */
  unsealed: number
}

/**
 * Verifies an export with nothing but itself and the public keys one trusts. Give the keys and the head you wrote down
 * earlier: an export whose log was cut off, or sealed anew with another key, does not reach that head.
 */
export async function verifyExport(
  log: ExportedLog,
  trusted: readonly PublicSealKey[],
  known?: { number: number; hash: string },
): Promise<ExportVerdict> {
  const keys = new Map(await Promise.all(trusted.map(async (key) => [key.kid, await importPublicKey(key)] as const)))
  const rows = log.rows.toSorted((a, b) => a.seq - b.seq)
  let head = log.after
  let next = 0
  let problem: Problem | null = null
  for (const seal of log.seals.toSorted((a, b) => a.number - b.number)) {
    const from = next
    while (next < rows.length && (rows[next]?.seq ?? 0) <= seal.toSeq) next += 1
    problem = await verifySeal(head, seal, rows.slice(from, next), keys)
    if (problem) break
    head = anchorOf(seal)
    if (known && head.number === known.number && head.hash !== known.hash) {
      problem = { kind: 'seal_broken_chain', seal: head.number }
      break
    }
  }
  if (!problem && known && head.number < known.number) problem = { kind: 'seal_missing', seal: head.number + 1 }
  return { problem, head, unsealed: rows.length - next }
}
