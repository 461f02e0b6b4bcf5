import type { Ctx } from '../../context.ts'
import { batch, isUniqueViolation } from '../../db/index.ts'
import { digestRows, genesis, hashSeal, signSeal, type Seal } from './chain.ts'
import { signingKey } from './keys.ts'
import { insertSeal, selectLastSeal, selectRows } from './seal.store.ts'

/** Rows one seal covers at most, and seals one run makes at most; what is left waits for the next minute. */
const rowsPerSeal = 1_000
const sealsPerRun = 5

/**
 * Seals what was written since the last seal (DESIGN §7): hashed in order, chained, signed. Runs every minute; writes
 * nothing when there is nothing new. Two runs at once make one seal: the number is unique and the log append-only.
 * @returns how many rows are sealed now that were not before
 */
export async function sealAudit(ctx: Ctx): Promise<number> {
  const key = ctx.config.sealKeys[0]
  const signer = await signingKey(key)
  let last = await selectLastSeal(ctx.db)
  let sealed = 0
  for (let i = 0; i < sealsPerRun; i++) {
    const rows = await selectRows(ctx.db, (last?.toSeq ?? 0) + 1, Number.MAX_SAFE_INTEGER, rowsPerSeal)
    const newest = rows.at(-1)
    if (!newest) break
    const previous = last?.hash ?? genesis
    const digests = await digestRows(rows)
    const seal: Seal = await signSeal(signer, {
      number: (last?.number ?? 0) + 1,
      at: ctx.clock.now(),
      fromSeq: (last?.toSeq ?? 0) + 1,
      toSeq: newest.seq,
      digests,
      hash: await hashSeal(previous, digests),
      previous,
      keyId: key.name,
    })
    if (!(await store(ctx, seal))) break
    sealed += rows.length
    last = seal
    if (rows.length < rowsPerSeal) break
  }
  return sealed
}

/** False when another run made this seal first. */
async function store(ctx: Ctx, seal: Seal): Promise<boolean> {
  try {
    await batch(ctx.db, [insertSeal(ctx.db, seal)])
    return true
  } catch (error) {
    if (isUniqueViolation(error, 'audit_seals.number') || String(error).includes('append-only')) return false
    throw error
  }
}
