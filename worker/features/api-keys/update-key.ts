import type { Ctx } from '../../context.ts'
import { AppError } from '../../kernel/errors.ts'
import { mutate } from '../../kernel/mutate.ts'
import type { Resource } from '../../kernel/scope.ts'
import { assertRecentlyVerified } from '../identity/index.ts'
import { selectScopeFacts, updateKey } from './api-keys.store.ts'
import { isKnown } from './check-within-own.ts'
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
  const { servers, problems } = await readPlaces(ctx, input)
  const fields = [
    ...problems,
    ...wideningProblems(key, input, servers),
    ...stepUpProblem(next.permissions, next.stepUp),
  ]
  if (fields.length > 0) throw new AppError('invalid_input', { fields })
  await mutate(ctx, {
    action: 'api_key.update',
    permission: 'api-keys:use',
    target: keyTarget(key),
    run: (op) => {
      if (!livingStates.includes(stateOf(key, ctx.clock.now()))) throw isOver()
      const { name, ipAllowlist, permissions, scopes, stepUp, accountId, hourlyBudget, expiresAt } = next
      const changes = { name, ipAllowlist, permissions, scopes, stepUp, accountId, hourlyBudget, expiresAt }
      return op.commit(updateKey(ctx.db, key, changes), {
        before: keySnapshot(key),
        after: keySnapshot(next),
      })
    },
  })
  return getOwnKey(ctx, keyId)
}

/** The facts of what the change names, and what of it is not there. */
async function readPlaces(ctx: Ctx, { scopes = [], accountId = null }: UpdateKeyInput) {
  const serverIds = scopes.flatMap((scope) => (scope.kind === 'server' ? [scope.serverId] : []))
  const named = scopes.flatMap((scope) => ('accountId' in scope && scope.accountId !== null ? [scope.accountId] : []))
  const accountIds = accountId === null ? named : [...named, accountId]
  if (serverIds.length + accountIds.length === 0) return { servers: new Map<string, Resource>(), problems: [] }
  const known = await selectScopeFacts(ctx.db, serverIds, accountIds)
  // A server stays in its provider project; labels and metadata come and go, and a key for what has them now would keep it.
  const servers = new Map<string, Resource>(
    known.servers.map(({ serverId, accountId: home }) => [serverId, { serverId, accountId: home }]),
  )
  const problems = scopes.flatMap((scope, index) =>
    isKnown(scope, servers, known.accountIds) ? [] : [{ path: `scopes.${index}`, message: 'Not found.' }],
  )
  if (accountId !== null && !known.accountIds.includes(accountId)) {
    problems.push({ path: 'accountId', message: 'Not found.' })
  }
  return { servers, problems }
}

export const isOver = (): AppError =>
  new AppError('conflict', { message: 'This key does not work any more.', hint: 'Make a new one.' })

function defined<T extends object>(input: T) {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
