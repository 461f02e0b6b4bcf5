import { iso, isoOrNull } from '../../../kernel/clock.ts'
import { notFound } from '../../../kernel/errors.ts'
import type { Ctx } from '../../../context.ts'
import { selectPasskey, type PasskeyRow } from './passkeys.store.ts'
import type { Passkey } from './schemas.ts'

export const toPasskey = (row: Omit<PasskeyRow, 'userId' | 'publicKey' | 'signCount' | 'transports'>): Passkey => ({
  id: row.id,
  name: row.name,
  deviceType: row.deviceType,
  backedUp: row.backedUp,
  createdAt: iso(row.createdAt),
  lastUsedAt: isoOrNull(row.lastUsedAt),
})

/** Somebody else's and nobody's give the same 404. */
export async function getPasskeyOrThrow(ctx: Ctx, userId: string, passkeyId: string): Promise<PasskeyRow> {
  const row = await selectPasskey(ctx.db, userId, passkeyId)
  if (!row) throw notFound('Passkey')
  return row
}
