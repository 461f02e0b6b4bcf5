import type { Ctx } from '../../context.ts'
import { AppError } from '../../kernel/errors.ts'
import { mutate } from '../../kernel/mutate.ts'
import { assertRecentlyVerified } from '../identity/index.ts'
import { updateKey } from './api-keys.store.ts'
import { findOwnKey, getOwnKey } from './get-key.ts'
import { livingStates, stateOf, stepUpProblem, wideningProblems } from './rules.ts'
import type { ApiKey, UpdateKeyInput } from './schemas.ts'
import { keySnapshot, keyTarget } from './to-key.ts'

/**
 * Changes the name, or makes the key narrower: wider is only a new one. From where it works may be changed either way,
 * after a fresh passkey proof.
 * @throws AppError `invalid_input` for what would widen it, `conflict` where it is over, `step_up_required`
 */
export async function changeKey(ctx: Ctx, keyId: string, input: UpdateKeyInput): Promise<ApiKey> {
  const { key } = await findOwnKey(ctx, 'api_key.update', keyId)
  if (input.ipAllowlist) assertRecentlyVerified(ctx)
  const next = { ...key, ...defined(input) }
  const fields = [...wideningProblems(key, input), ...stepUpProblem(next.permissions, next.stepUp)]
  if (fields.length > 0) throw new AppError('invalid_input', { fields })
  await mutate(ctx, {
    action: 'api_key.update',
    permission: 'api-keys:use',
    target: keyTarget(key),
    run: (op) => {
      if (!livingStates.includes(stateOf(key, ctx.clock.now()))) throw isOver()
      const { name, ipAllowlist, permissions, scopes, stepUp, expiresAt } = next
      return op.commit(updateKey(ctx.db, key, { name, ipAllowlist, permissions, scopes, stepUp, expiresAt }), {
        before: keySnapshot(key),
        after: keySnapshot(next),
      })
    },
  })
  return getOwnKey(ctx, keyId)
}

export const isOver = (): AppError =>
  new AppError('conflict', { message: 'This key does not work any more.', hint: 'Make a new one.' })

function defined<T extends object>(input: T) {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
