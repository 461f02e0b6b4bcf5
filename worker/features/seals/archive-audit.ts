import type { Ctx } from '../../context.ts'
import { batch } from '../../db/index.ts'
import { sha256Of } from '../../kernel/crypto.ts'
import { AppError } from '../../kernel/errors.ts'
import type { ArchivePort } from '../../objects/archive-bucket.ts'
import { insertArchive, selectLastArchive, selectSpansAfter } from './archive.store.ts'
import type { Seal } from './chain.ts'
import { exportLines } from './export-lines.ts'
import { gunzip, gzip } from './gzip.ts'
import { publicKeyOf } from './keys.ts'
import { readExport, verifyExport } from './read-export.ts'
import { selectRows, selectSealsBetween } from './seal.store.ts'
import { anchorOf, start } from './verify.ts'

/** What one object holds, so that it fits into a request's memory and time; and how many one run writes. */
const rowsPerObject = 5_000
const sealsPerObject = 1_500
const objectsPerRun = 10

/**
 * Copies what is sealed to the archive bucket, where one is bound: exports of consecutive spans of seals, compressed,
 * named by their seals. A span that does not verify is not archived; an object is never written over; what was written is
 * read back and compared before it counts. Goes on where the last run ended. Nothing is ever deleted from the log.
 * @returns how many objects are there now that were not before @throws AppError `internal` where something does not verify
 */
export async function archiveAudit(ctx: Ctx): Promise<number> {
  const { archive } = ctx
  if (!archive) return 0
  let written = 0
  while (written < objectsPerRun) {
    const last = await selectLastArchive(ctx.db)
    const span = await nextSpan(ctx, last?.toSeal ?? 0)
    if (!span) break
    await archiveSpan(ctx, archive, span)
    written += 1
  }
  return written
}

interface Span {
  from: number
  to: number
}

/** At least one seal, and no more rows than an object holds. */
async function nextSpan(ctx: Ctx, after: number): Promise<Span | null> {
  const seals = await selectSpansAfter(ctx.db, after, sealsPerObject)
  let rows = 0
  let to: number | null = null
  for (const seal of seals) {
    rows += seal.toSeq - seal.fromSeq + 1
    if (to !== null && rows > rowsPerObject) break
    to = seal.number
  }
  return to === null ? null : { from: after + 1, to }
}

async function archiveSpan(ctx: Ctx, archive: ArchivePort, span: Span): Promise<void> {
  const key = objectName(span)
  // The seal before says what the first one is chained to.
  const [before, seals] = split(await selectSealsBetween(ctx.db, span.from - 1, span.to), span.from)
  const anchor = before ? anchorOf(before) : start
  const last = seals.at(-1)
  if (!last) throw new AppError('internal', { detail: `no seals for ${key}` })
  const rows = await selectRows(ctx.db, anchor.toSeq + 1, last.toSeq, last.toSeq - anchor.toSeq)
  const keys = await Promise.all(ctx.config.sealKeys.map(publicKeyOf))
  const text = [...exportLines({ after: anchor, keys, seals, rows })].join('')
  await assertVerifies(ctx, text, last, key)
  const bytes = await gzip(text)
  await archive.put(key, bytes)
  const stored = await archive.get(key)
  if (!stored) throw new AppError('internal', { detail: `archive object ${key} cannot be read back` })
  const digest = await sha256Of(stored)
  // Another object of that name is from a run that died before it could say so: it counts if it proves the same span.
  if (digest !== (await sha256Of(bytes))) await assertVerifies(ctx, await gunzip(stored), last, key)
  const facts = { at: ctx.clock.now(), rows: rows.length, bytes: stored.length, sha256: digest }
  await batch(ctx.db, [insertArchive(ctx.db, { toSeal: span.to, fromSeal: span.from, key, ...facts })])
  ctx.log.info('audit.archived', { key, rows: rows.length, bytes: stored.length })
}

/** Against the keys in force, up to exactly this seal, with no row left over. */
async function assertVerifies(ctx: Ctx, text: string, last: Seal, key: string): Promise<void> {
  const trusted = await Promise.all(ctx.config.sealKeys.map(publicKeyOf))
  const { problem, head, unsealed } = await verifyExport(readExport(text), trusted)
  if (!problem && head.hash === last.hash && head.number === last.number && unsealed === 0) return
  throw new AppError('internal', { detail: `${key} does not verify: ${problem?.kind ?? 'another span'}` })
}

function split(seals: Seal[], from: number): [Seal | undefined, Seal[]] {
  return [seals.find((seal) => seal.number === from - 1), seals.filter((seal) => seal.number >= from)]
}

/** Sorts by seal, and says which ones. */
const objectName = ({ from, to }: Span) => `audit/seals-${padded(from)}-${padded(to)}.jsonl.gz`
const padded = (number: number) => String(number).padStart(10, '0')
