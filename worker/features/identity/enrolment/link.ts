import type { Ctx } from '../../../context.ts'
import type { AuditAction } from '../../../kernel/audit.ts'
import { sha256 } from '../../../kernel/crypto.ts'
import { AppError } from '../../../kernel/errors.ts'
import { instance, nobody, recordRefusal } from '../refusal.ts'
import { linkState } from '../rules.ts'
import { selectLink, type LinkRow } from './links.store.ts'

const actions = { setup: 'instance.claim', break_glass: 'user.enrol' } as const satisfies Record<string, AuditAction>

/** Expired is worth telling apart, because there is a way to get a fresh one; unknown and used are not. */
export async function getLinkOrThrow(ctx: Ctx, kind: LinkRow['kind'], token: string): Promise<LinkRow> {
  const link = await selectLink(ctx.db, kind, await sha256(token))
  const state = link ? linkState(link, ctx.clock.now()) : 'unknown'
  if (link && state === 'valid') return link
  const errorCode = state === 'expired' ? 'link_expired' : 'link_invalid'
  const target = kind === 'setup' ? instance : nobody
  await recordRefusal(ctx, { action: actions[kind], target, errorCode, reason: `link ${state}` })
  throw new AppError(errorCode, {
    hint: 'Ask whoever runs this instance for a new one.',
    detail: `${kind} link ${state}`,
  })
}
