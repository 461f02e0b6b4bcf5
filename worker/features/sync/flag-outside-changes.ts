import type { Ctx } from '../../context.ts'
import { isUniqueViolation } from '../../db/index.ts'
import { actorIdentity } from '../../kernel/actor.ts'
import type { AuditEntry } from '../../kernel/audit.ts'
import { hours, iso, minutes, seconds } from '../../kernel/clock.ts'
import { newId } from '../../kernel/id.ts'
import type { Provider, ProviderAction } from '../../provider/provider.ts'
import type { AccountRow } from '../accounts/index.ts'
import {
  findOwnOperations,
  findSeen,
  forgetActions,
  insertSeen,
  isAlreadySeenColumn,
  type OwnOperation,
} from './outside.store.ts'

/** Ours by our own id and name, found by the provider's id. */
export type ServerNames = ReadonlyMap<string, { id: string; name: string }>

const lookBackMs = hours(24)
/** An action of our own may be under way whose operation does not know its id yet. */
const settleMs = seconds(90)
/** Where our own call lost its answer, an action of the same kind this close to it is taken for ours. */
const lostAnswerMs = minutes(5)
const pageSize = 50
/** Each is a batch of its own; the rest follows in the next look. */
const maxFlagsPerLook = 8

/**
 * "Done outside WebNova" (DESIGN §9): the provider's recent actions on our servers that no operation of ours caused,
 * each on the record once, and the owners told where they want it. Only what is younger than the account and than 24 h,
 * and not what the provider does by itself.
 * @returns whether some are left for the next look, and what it cost
 * @throws ProviderError when the provider cannot be asked
 */
export async function flagOutsideChanges(
  ctx: Ctx,
  account: AccountRow,
  provider: Provider,
  names: ServerNames,
): Promise<{ flagged: number; more: boolean; requests: number }> {
  const now = ctx.clock.now()
  const since = Math.max(account.createdAt, now - lookBackMs)
  const recent = (await provider.listRecentActions(pageSize)).flatMap((action) => {
    const server = action.serverIds.map((id) => names.get(id)).find((known) => known !== undefined)
    if (!server || action.startedAt <= since) return []
    return { action, server, seenId: `${account.id}:${action.providerActionId}` }
  })
  const found = recent.filter(({ action }) => action.startedAt <= now - settleMs)
  const young = found.length < recent.length
  if (found.length === 0) return { flagged: 0, more: young, requests: 1 }
  const serverIds = [...new Set(found.map(({ server }) => server.id))]
  const [own, seen] = await Promise.all([
    findOwnOperations(ctx, serverIds, since - lostAnswerMs),
    findSeen(
      ctx,
      found.map(({ seenId }) => seenId),
    ),
  ])
  const notOurs = found.filter(({ action, server, seenId }) => !seen.has(seenId) && !isOurs(action, server.id, own))
  const { news, requests } = await withoutBackups(ctx, account, provider, notOurs)
  // Oldest first, so that the record tells them in the order in which they happened.
  const chosen = news.toReversed().slice(0, maxFlagsPerLook)
  const flagged: Found[] = []
  for (const item of chosen) if (await flag(ctx, account.id, item)) flagged.push(item)
  await tell(ctx, account, flagged)
  return { flagged: flagged.length, more: young || news.length > chosen.length, requests: requests + 1 }
}

const makesImage = ({ action }: Found) => action.command === 'create_image'

/** The provider's own nightly backups look like anybody's snapshots, but for the image that they make. */
async function withoutBackups(ctx: Ctx, account: AccountRow, provider: Provider, found: readonly Found[]) {
  if (!found.some(makesImage)) return { news: found, requests: 0 }
  const backups = new Set(await provider.listBackups(pageSize))
  const isBackup = (item: Found) =>
    makesImage(item) && (item.action.imageIds.length === 0 || item.action.imageIds.some((id) => backups.has(id)))
  const dropped = found.filter(isBackup).map(({ action }) => action.providerActionId)
  await forgetActions(ctx, account.id, dropped)
  return { news: found.filter((item) => !isBackup(item)), requests: 1 }
}

async function tell(ctx: Ctx, account: AccountRow, flagged: readonly Found[]): Promise<void> {
  const last = flagged.at(-1)
  if (!last) return
  ctx.live.publish({ type: 'audit.appended' })
  const { action, server } = last
  const { id, name } = account
  await ctx.protection.doneOutside(ctx, { id, name }, { count: flagged.length, server, command: action.command })
}

const isOurs = (action: ProviderAction, serverId: string, own: readonly OwnOperation[]) =>
  own.some(
    (operation) =>
      operation.providerActionId === action.providerActionId ||
      (operation.providerActionId === null &&
        operation.serverId === serverId &&
        (operation.command === action.command || operation.action === `server.${action.power}`) &&
        Math.abs(operation.startedAt - action.startedAt) <= lostAnswerMs),
  )

type Found = { action: ProviderAction; server: { id: string; name: string }; seenId: string }

/** One row: nothing was run by us, something was noticed. */
async function flag(ctx: Ctx, accountId: string, { action, server, seenId }: Found): Promise<boolean> {
  try {
    await ctx.journal.commit([insertSeen(ctx.db, seenId, accountId, ctx.clock.now())], entryOf(ctx, action, server))
    return true
  } catch (error) {
    if (isUniqueViolation(error, isAlreadySeenColumn)) return false
    throw error
  }
}

function entryOf(ctx: Ctx, action: ProviderAction, server: Found['server']): AuditEntry {
  const at = ctx.clock.now()
  const actor = actorIdentity({ kind: 'system', name: 'cron' })
  return {
    id: newId('aud', at),
    operationId: newId('opr', at),
    at,
    phase: 'succeeded',
    action: 'server.outside_change',
    actorKind: actor.kind,
    actorId: actor.id,
    actorName: actor.name,
    targetType: 'server',
    targetId: server.id,
    targetName: server.name,
    reason: null,
    errorCode: null,
    source: 'cron',
    ip: null,
    userAgent: null,
    requestId: ctx.requestId,
    before: null,
    after: {
      command: action.command,
      power: action.power,
      status: action.status,
      startedAt: iso(action.startedAt),
      providerActionId: action.providerActionId,
    },
    keyId: null,
    keyName: null,
  }
}
