import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../kernel/errors.ts'
import { mutate } from '../../../kernel/mutate.ts'
import { getSessionActorOrThrow } from '../actor.ts'
import { deviceName } from '../device-name.ts'
import { verifySession } from '../sessions/sessions.store.ts'
import { consumeChallenge } from '../webauthn/challenge.ts'
import { assertMayAddPasskey } from './begin-add.ts'
import { insertPasskey } from './passkeys.store.ts'
import { alreadyRegistered, getCredentialOrThrow } from './register.ts'
import type { AddPasskeyInput, Passkey } from './schemas.ts'
import { toPasskey } from './to-passkey.ts'

/** Stores the passkey. In a session opened by a recovery code it is also the proof that code could not be. */
export async function finishAddPasskey(ctx: Ctx, input: AddPasskeyInput): Promise<Passkey> {
  const actor = getSessionActorOrThrow(ctx)
  await assertMayAddPasskey(ctx, actor)
  const challenge = await consumeChallenge(ctx, input.challengeId, 'register', { userId: actor.id })
  const credential = await getCredentialOrThrow(ctx, challenge, input.response)
  const now = ctx.clock.now()
  const name = input.name ?? deviceName(ctx.userAgent)
  return mutate(ctx, {
    action: 'passkey.add',
    permission: 'self',
    target: { type: 'passkey', id: credential.id, name },
    run: async (op) => {
      const statements = insertPasskey(ctx.db, actor.id, credential, name, now)
      if (actor.verifiedAt === 0) statements.push(verifySession(ctx.db, actor.sessionId, now))
      const after = { name, deviceType: credential.deviceType, backedUp: credential.backedUp }
      await op.commit(statements, { after }).catch((error: unknown) => {
        throw error instanceof AppError && error.code === 'conflict' ? alreadyRegistered() : error
      })
      return toPasskey({ ...credential, name, createdAt: now, lastUsedAt: null })
    },
  })
}
