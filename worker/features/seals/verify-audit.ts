import type { Ctx } from '../../context.ts'
import { authorize } from '../../kernel/authorize.ts'
import { iso } from '../../kernel/clock.ts'
import type { Seal } from './chain.ts'
import { importPublicKey, publicKeyOf } from './keys.ts'
import type { Verification, VerifyInput } from './schemas.ts'
import { selectHead, selectRows, selectSealsAfter } from './seal.store.ts'
import { anchorOf, start, verifySeal, type Anchor, type Problem } from './verify.ts'

/** Seals and rows one call looks at, so that it stays within a request's time and queries. */
const sealsPerCall = 20
const rowsPerCall = 5_000

/**
 * Checks the log against its seals, from the seal after `after` on, as far as one call goes; `next` says where to go on.
 * The first problem ends it and names the row. Needs `audit:read`.
 */
export async function verifyAudit(ctx: Ctx, { after, hash, toSeq }: VerifyInput): Promise<Verification> {
  authorize(ctx.actor, 'audit:read')
  const keys = await importKeys(ctx)
  const head = await selectHead(ctx.db)
  const seals = await selectSealsAfter(ctx.db, after, sealsPerCall + 1)
  let anchor: Anchor = after === 0 ? start : { number: after, hash: hash ?? '', toSeq: toSeq ?? 0 }
  let rows = 0
  let problem: Problem | null = head.strayRows > 0 ? { kind: 'row_inserted', seq: 0, seal: 1 } : null
  let checked = 0
  for (const seal of seals.slice(0, sealsPerCall)) {
    if (problem || rows >= rowsPerCall) break
    problem = await check(ctx, anchor, seal, keys)
    if (problem) break
    anchor = anchorOf(seal)
    rows += seal.toSeq - seal.fromSeq + 1
    checked += 1
  }
  const done = problem !== null || checked === seals.length
  return {
    seals: checked,
    rows,
    problem,
    next: done ? null : { after: anchor.number, hash: anchor.hash, toSeq: anchor.toSeq },
    head: { lastSeq: head.lastSeq, sealedTo: anchor.toSeq, number: anchor.number, hash: anchor.hash },
    at: iso(ctx.clock.now()),
  }
}

/** Where the caller says to go on decides nothing: no row is read for a seal that does not follow from there. */
const check = (ctx: Ctx, anchor: Anchor, seal: Seal, keys: ReadonlyMap<string, CryptoKey>) => {
  const { fromSeq, toSeq } = seal
  return verifySeal(anchor, seal, () => selectRows(ctx.db, fromSeq, toSeq, toSeq - fromSeq + 1), keys)
}

async function importKeys(ctx: Ctx): Promise<Map<string, CryptoKey>> {
  const keys = await Promise.all(ctx.config.sealKeys.map(publicKeyOf))
  return new Map(await Promise.all(keys.map(async (key) => [key.kid, await importPublicKey(key)] as const)))
}
