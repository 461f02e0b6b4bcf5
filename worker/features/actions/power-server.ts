import type { Ctx } from '../../context.ts'
import { toAppError } from '../../db/index.ts'
import { explain } from '../../kernel/authorize.ts'
import { AppError, notFound } from '../../kernel/errors.ts'
import { authorizeOnRecord } from '../../kernel/mutate.ts'
import type { PowerAction } from '../../provider/provider.ts'
import { openAccountProvider } from '../accounts/index.ts'
import { resourceOf } from '../servers/index.ts'
import { selectPowerTargets, type PowerTarget } from './operations.store.ts'
import { runPower } from './run-power.ts'
import { assertConfirmed, toAuditAction } from './rules.ts'
import type { Operation } from './schemas.ts'

export interface PowerServerInput {
  serverId: string
  action: PowerAction
  confirmName?: string | undefined
}

/**
 * Starts, stops (graceful), reboots, powers off or resets one server (P2.2). Resolves once the provider has accepted
 * it; the operation's end comes by itself. Never sends the action a second time.
 *
 * @throws AppError `invalid_input` without the typed name where one is needed, `locked` with who, what and since when,
 * `wrong_state`, `account_paused`, `outcome_unknown` when the answer was lost, or what the provider refused it with.
 */
export async function powerServer(ctx: Ctx, input: PowerServerInput): Promise<Operation> {
  if (!explain(ctx.actor, 'servers:read').allowed) {
    // Refused before it is looked up: whether it is there is not for whoever may neither see nor control any.
    await authorizeOnRecord(ctx, {
      action: toAuditAction(input.action),
      permission: 'servers:power',
      target: { type: 'server', id: input.serverId, name: input.serverId },
    })
  }
  const [server] = await findTargets(ctx, [input.serverId])
  assertExists(server)
  // Whoever may not do it at all is refused on the record, not asked to type a name.
  if (explain(ctx.actor, 'servers:power', resourceOf(server)).allowed)
    assertConfirmed(input.action, server.name, input.confirmName)
  return runPower(ctx, server, input.action, (accountId) => openAccountProvider(ctx, accountId, 'person'))
}

/** Those of them that the caller may see or control: what is not theirs is not there (DESIGN §6). */
export async function findTargets(ctx: Ctx, ids: readonly string[]): Promise<PowerTarget[]> {
  const targets = await selectPowerTargets(ctx.db, ids).catch((error: unknown) => {
    throw toAppError(error)
  })
  return targets.filter((server) => mayTouch(ctx, server))
}

const mayTouch = (ctx: Ctx, server: PowerTarget) =>
  (['servers:read', 'servers:power'] as const).some(
    (permission) => explain(ctx.actor, permission, resourceOf(server)).allowed,
  )

export function assertExists(server: PowerTarget | undefined): asserts server is PowerTarget {
  if (!server) throw notFound('Server')
  if (server.deletedAt !== null) throw new AppError('provider_not_found')
}
