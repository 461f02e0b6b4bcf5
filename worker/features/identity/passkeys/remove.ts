import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../kernel/errors.ts'
import { mutate } from '../../../kernel/mutate.ts'
import { assertRecentlyVerified, getSessionActorOrThrow } from '../actor.ts'
import { deletePasskeyUnlessLast } from './passkeys.store.ts'
import { getPasskeyOrThrow } from './to-passkey.ts'

/** Never the last one: its owner could not come back. @throws `conflict`, `not_found`, `step_up_required`. */
export async function removePasskey(ctx: Ctx, passkeyId: string): Promise<void> {
  const actor = getSessionActorOrThrow(ctx)
  assertRecentlyVerified(ctx)
  const row = await getPasskeyOrThrow(ctx, actor.id, passkeyId)
  await mutate(ctx, {
    action: 'passkey.remove',
    permission: 'self',
    target: { type: 'passkey', id: row.id, name: row.name },
    run: (op) =>
      op.commit(deletePasskeyUnlessLast(ctx.db, row), { before: { name: row.name } }).catch((error: unknown) => {
        throw error instanceof AppError && error.code === 'conflict' ? lastPasskey() : error
      }),
  })
}

const lastPasskey = () =>
  new AppError('conflict', { message: 'This is your last passkey.', hint: 'Add another one, then remove this one.' })
