import type { Ctx } from '../../context.ts'
import { authorize } from '../../kernel/authorize.ts'
import { iso } from '../../kernel/clock.ts'
import type { Page } from '../../kernel/page.ts'
import type { ProviderErrorKind } from '../../provider/provider.ts'
import { selectFailures } from './provider-log.store.ts'
import { listProviderLogInput, type ListProviderLogInput, type ProviderLogEntry } from './schemas.ts'

/** What went wrong between us and the provider, newest first (P5.2). Needs `provider-log:read`. */
export async function listProviderLog(ctx: Ctx, raw: ListProviderLogInput): Promise<Page<ProviderLogEntry>> {
  authorize(ctx.actor, 'provider-log:read')
  const page = await selectFailures(ctx.db, listProviderLogInput.parse(raw))
  const items = page.items.map((row) => ({ ...row, at: iso(row.at), kind: row.kind as ProviderErrorKind }))
  return { items, nextCursor: page.nextCursor }
}
