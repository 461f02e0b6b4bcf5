import type { Ctx } from '../../../context.ts'
import { mutate } from '../../../kernel/mutate.ts'
import { getSessionActorOrThrow } from '../actor.ts'
import { renamePasskey } from './passkeys.store.ts'
import type { Passkey } from './schemas.ts'
import { getPasskeyOrThrow, toPasskey } from './to-passkey.ts'

/** Gives one's own passkey another name. @throws `not_found`. */
export async function renameOwnPasskey(ctx: Ctx, passkeyId: string, name: string): Promise<Passkey> {
  const row = await getPasskeyOrThrow(ctx, getSessionActorOrThrow(ctx).id, passkeyId)
  return mutate(ctx, {
    action: 'passkey.rename',
    permission: 'self',
    target: { type: 'passkey', id: row.id, name: row.name },
    run: async (op) => {
      await op.commit(renamePasskey(ctx.db, row, name), { before: { name: row.name }, after: { name } })
      return toPasskey({ ...row, name })
    },
  })
}
