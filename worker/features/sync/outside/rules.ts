import type { Ctx } from '../../../context.ts'
import { hours, minutes, seconds } from '../../../kernel/clock.ts'
import type { ProviderAction } from '../../../provider/provider.ts'
import type { AccountRow } from '../../accounts/index.ts'

/** The most the provider tells at once. */
export const pageSize = 50
/** Where our own call lost its answer, an action of the same kind this close to it is taken for ours. */
export const lostAnswerMs = minutes(5)

const lookBackMs = hours(24)
/** An action of our own may be under way whose operation does not know its id yet. */
const settleMs = seconds(90)

/** Only what is younger than the account and than a day is anybody's news here. */
export const newsSince = (ctx: Ctx, account: AccountRow): number =>
  Math.max(account.createdAt, ctx.clock.now() - lookBackMs)

export const isSettled = (ctx: Ctx, action: ProviderAction): boolean => action.startedAt <= ctx.clock.now() - settleMs

/** How an action is marked as seen. */
export const seenIdOf = (account: Pick<AccountRow, 'id'>, action: ProviderAction): string =>
  `${account.id}:${action.providerActionId}`
