import { rowColumns, type Seal, type SealedRow } from './chain.ts'
import type { PublicSealKey } from './keys.ts'
import type { Anchor } from './verify.ts'

const line = (entry: object) => `${JSON.stringify(entry)}\n`

/** What a file begins with. `after`: the seal before its first one, where it is not the log from its beginning. */
export const headerLine = (after?: Anchor): string =>
  line({ type: 'webnova-audit', version: 1, columns: rowColumns, ...(after && after.number > 0 ? { after } : {}) })
export const keyLine = (key: PublicSealKey): string => line({ type: 'key', key })
export const sealLine = (seal: Seal): string => line({ type: 'seal', seal })
export const rowLine = (row: SealedRow): string => line({ type: 'row', row: row.values })

/** A span of the log as a file of its own, which the offline verifier takes. */
export function* exportLines(span: {
  after: Anchor
  keys: readonly PublicSealKey[]
  seals: readonly Seal[]
  rows: readonly SealedRow[]
}): Generator<string> {
  yield headerLine(span.after)
  for (const key of span.keys) yield keyLine(key)
  for (const seal of span.seals) yield sealLine(seal)
  for (const row of span.rows) yield rowLine(row)
}
