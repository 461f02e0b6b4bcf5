import type { Ctx } from '../../../context.ts'
import { resourceTarget } from '../../../kernel/audit.ts'
import { minutes } from '../../../kernel/clock.ts'
import { AppError } from '../../../kernel/errors.ts'
import { describeError } from '../../../kernel/log.ts'
import {
  otherKinds,
  ProviderError,
  type OtherKind,
  type Provider,
  type ProviderAction,
} from '../../../provider/provider.ts'
import { openProviderOf, type AccountRow } from '../../accounts/index.ts'
import { flagAll } from './flag.ts'
import { findLookable, findLostActs, findSeen, type LostAct } from './outside.store.ts'
import { isSettled, lostAnswerMs, newsSince, pageSize, seenIdOf } from './rules.ts'

/** How often the schedule calls it. */
const everyMs = minutes(5)
/** What one run may ask for within the smallest plan's 50 requests: a list for each kind, and some names. */
const accountsPerRun = 3
/** Each asks for a name, and is a batch of its own; the rest follows in the next look. */
const maxFlagsPerLook = 4

/** The provider renews certificates by itself, and does not tell that from somebody who asks for it. */
const itsOwn: ReadonlySet<string> = new Set(['issue_certificate', 'renew_certificate'])

/**
 * "Done outside WebNova" for everything but servers, which each pass of the sync looks at: networks, firewalls, volumes and so on.
 * Projects take turns where there are many. One that cannot be asked is asked again in its next turn.
 */
export async function lookAround(ctx: Ctx): Promise<void> {
  for (const account of takeTurns(await findLookable(ctx), ctx.clock.now())) {
    try {
      await lookAtOthers(ctx, account, await openProviderOf(ctx, account, 'background'))
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      ctx.log.warn('outside.look_failed', { accountId: account.id, error: describeError(error) })
    }
  }
}

function takeTurns(accounts: readonly AccountRow[], now: number): readonly AccountRow[] {
  const turns = Math.ceil(accounts.length / accountsPerRun)
  const turn = turns === 0 ? 0 : Math.floor(now / everyMs) % turns
  return accounts.slice(turn * accountsPerRun, (turn + 1) * accountsPerRun)
}

interface Found {
  kind: OtherKind
  /** The provider's. */
  id: string
  action: ProviderAction
}

async function lookAtOthers(ctx: Ctx, account: AccountRow, provider: Provider): Promise<void> {
  const since = newsSince(ctx, account)
  const found = (await listAll(provider)).filter(
    ({ action }) => action.startedAt > since && isSettled(ctx, action) && !itsOwn.has(action.command),
  )
  const news = await withoutOurs(ctx, account, found, since)
  // Oldest first, so that the record tells them in the order in which they happened.
  const chosen = news.toSorted((a, b) => a.action.startedAt - b.action.startedAt).slice(0, maxFlagsPerLook)
  const noticed = chosen.map(async ({ kind, id, action }) => {
    const name = await provider.nameOf(kind, id).catch(noAnswer(null))
    return { action, target: resourceTarget(kind, id, name) }
  })
  await flagAll(ctx, account, await Promise.all(noticed))
}

/** Each action once. Those that concern servers too are in the servers' own list. A list that fails is left for the next look. */
async function listAll(provider: Provider): Promise<Found[]> {
  const lists = await Promise.all(
    otherKinds.map(async (kind) => {
      const actions = await provider.listRecentActions(kind, pageSize).catch(noAnswer([]))
      return actions.flatMap((action): Found[] => {
        const id = action.others.find((other) => other.kind === kind)?.id
        return id === undefined || action.serverIds.length > 0 ? [] : [{ kind, id, action }]
      })
    }),
  )
  const byId = new Map(lists.flat().map((item) => [item.action.providerActionId, item]))
  return [...byId.values()]
}

async function withoutOurs(ctx: Ctx, account: AccountRow, found: readonly Found[], since: number): Promise<Found[]> {
  if (found.length === 0) return []
  const seen = await findSeen(
    ctx,
    found.map(({ action }) => seenIdOf(account, action)),
  )
  const unseen = found.filter(({ action }) => !seen.has(seenIdOf(account, action)))
  if (unseen.length === 0) return []
  // What a create was to make has no id yet where its answer was lost.
  const targets = unseen.flatMap(({ kind, id }) => [targetIdOf(kind, id), targetIdOf(kind, '')])
  const lost = await findLostActs(ctx, account.id, [...new Set(targets)], since - lostAnswerMs)
  return unseen.filter((item) => !lost.some((act) => mayBe(act, item)))
}

const targetIdOf = (kind: OtherKind, id: string) => resourceTarget(kind, id, null).id

const mayBe = ({ targetId, at }: LostAct, { kind, id, action }: Found): boolean =>
  (targetId === targetIdOf(kind, id) || (targetId === targetIdOf(kind, '') && action.command.startsWith('create_'))) &&
  Math.abs(at - action.startedAt) <= lostAnswerMs

/** The client has it on the record already. */
const noAnswer =
  <T>(instead: T) =>
  (error: unknown): T => {
    if (error instanceof ProviderError) return instead
    throw error
  }
