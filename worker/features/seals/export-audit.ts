import type { Ctx } from '../../context.ts'
import { authorize } from '../../kernel/authorize.ts'
import { describeError } from '../../kernel/log.ts'
import { rowColumns, type SealedRow } from './chain.ts'
import { headerLine, keyLine, rowLine, sealLine } from './export-lines.ts'
import { publicKeyOf } from './keys.ts'
import type { ExportInput } from './schemas.ts'
import { selectHead, selectRows, selectSealsAfter } from './seal.store.ts'

const rowsPerRead = 1_000
const sealsPerRead = 200

/**
 * The log as a stream. JSON Lines hold everything the offline verifier needs: the columns' names, the public keys, every
 * seal, every row. CSV holds the rows. Needs `audit:read`. A read that fails half-way cuts the connection: a part is never
 * taken for the whole.
 * @throws AppError `database_unavailable` where nothing can be read to begin with
 */
export async function exportAudit(ctx: Ctx, { from, format }: ExportInput): Promise<ReadableStream<Uint8Array>> {
  authorize(ctx.actor, 'audit:read')
  await selectHead(ctx.db)
  const lines = format === 'csv' ? csvLines(ctx, from) : jsonLines(ctx, from)
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      try {
        const { value, done } = await lines.next()
        if (done) controller.close()
        else controller.enqueue(encoder.encode(value))
      } catch (error) {
        ctx.log.error('audit.export_failed', { error: describeError(error) })
        controller.error(error)
      }
    },
  })
}

async function* rowsFrom(ctx: Ctx, from: number): AsyncGenerator<SealedRow[]> {
  for (let seq = from; ;) {
    const rows = await selectRows(ctx.db, seq, Number.MAX_SAFE_INTEGER, rowsPerRead)
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (!last || rows.length < rowsPerRead) return
    seq = last.seq + 1
  }
}

async function* jsonLines(ctx: Ctx, from: number): AsyncGenerator<string> {
  yield headerLine()
  for (const key of await Promise.all(ctx.config.sealKeys.map(publicKeyOf))) yield keyLine(key)
  for (let after = 0; ;) {
    const seals = await selectSealsAfter(ctx.db, after, sealsPerRead)
    if (seals.length > 0) yield seals.map(sealLine).join('')
    if (seals.length < sealsPerRead) break
    after = seals.at(-1)?.number ?? after
  }
  for await (const rows of rowsFrom(ctx, from)) {
    yield rows.map(rowLine).join('')
  }
}

async function* csvLines(ctx: Ctx, from: number): AsyncGenerator<string> {
  yield `${rowColumns.join(',')}\r\n`
  for await (const rows of rowsFrom(ctx, from)) {
    yield rows.map((row) => `${row.values.map(csvCell).join(',')}\r\n`).join('')
  }
}

/** RFC 4180; a cell that a spreadsheet would take for a formula is made text. */
function csvCell(value: string | number | null): string {
  if (value === null) return ''
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
