import type { Ctx } from '../../../context.ts'
import type { Provider, ProviderAction } from '../../../provider/provider.ts'
import type { AccountRow } from '../../accounts/index.ts'
import { flagAll, type Noticed } from './flag.ts'
import { findOwnOperations, findSeen, forgetActions, type OwnOperation } from './outside.store.ts'
import { isSettled, lostAnswerMs, newsSince, pageSize, seenIdOf } from './rules.ts'

/** Ours by our own id and name, found by the provider's id. */
export type ServerNames = ReadonlyMap<string, { id: string; name: string }>

/** Each is a batch of its own; the rest follows in the next look. */
const maxFlagsPerLook = 8

/**
 * "Done outside WebNova" (DESIGN §9): the provider's recent actions on our servers that no operation of ours caused,
 * each on the record once, and the owners told where they want it. Not what the provider does by itself.
 * @returns whether some are left for the next look, and what it cost
 * @throws ProviderError when the provider cannot be asked
 */
export async function lookAtServers(
  ctx: Ctx,
  account: AccountRow,
  provider: Provider,
  names: ServerNames,
): Promise<{ flagged: number; more: boolean; requests: number }> {
  const since = newsSince(ctx, account)
  const recent = (await provider.listRecentActions('server', pageSize)).flatMap((action): Noticed[] => {
    const server = action.serverIds.map((id) => names.get(id)).find((known) => known !== undefined)
    return server && action.startedAt > since ? [{ action, target: { type: 'server', ...server } }] : []
  })
  const found = recent.filter(({ action }) => isSettled(ctx, action))
  const young = found.length < recent.length
  const notOurs = await withoutOurs(ctx, account, found, since)
  const { news, requests } = await withoutBackups(ctx, account, provider, notOurs)
  // Oldest first, so that the record tells them in the order in which they happened.
  const chosen = news.toReversed().slice(0, maxFlagsPerLook)
  const flagged = await flagAll(ctx, account, chosen)
  return { flagged, more: young || news.length > chosen.length, requests: requests + 1 }
}

async function withoutOurs(ctx: Ctx, account: AccountRow, found: readonly Noticed[], since: number) {
  if (found.length === 0) return []
  const serverIds = [...new Set(found.map(({ target }) => target.id))]
  const seenIds = found.map(({ action }) => seenIdOf(account, action))
  const [own, seen] = await Promise.all([
    findOwnOperations(ctx, serverIds, since - lostAnswerMs),
    findSeen(ctx, seenIds),
  ])
  return found.filter(({ action, target }) => !seen.has(seenIdOf(account, action)) && !isOurs(action, target.id, own))
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

const makesImage = ({ action }: Noticed) => action.command === 'create_image'

/** The provider's own nightly backups look like anybody's snapshots, but for the image that they make. */
async function withoutBackups(ctx: Ctx, account: AccountRow, provider: Provider, found: readonly Noticed[]) {
  if (!found.some(makesImage)) return { news: found, requests: 0 }
  const backups = new Set(await provider.listBackups(pageSize))
  const isBackup = (item: Noticed) => {
    const images = item.action.others.filter(({ kind }) => kind === 'image')
    return makesImage(item) && (images.length === 0 || images.some(({ id }) => backups.has(id)))
  }
  const dropped = found.filter(isBackup).map(({ action }) => action.providerActionId)
  await forgetActions(ctx, account.id, dropped)
  return { news: found.filter((item) => !isBackup(item)), requests: 1 }
}
