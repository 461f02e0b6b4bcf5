import type { Ctx } from '../../context.ts'
import type { Provider, ProviderAction } from '../../provider/provider.ts'
import { endOf } from './endings.ts'
import { findLostAction } from './find-lost-action.ts'
import type { OperationEnd, OperationRow } from './operations.store.ts'
import { readStatuses } from './read-statuses.ts'
import { pollDelayMs, requestOverMs, shutdownMs, unknownActionMs } from './rules.ts'

/** What a look at the provider said about one operation. */
export type Verdict = { kind: 'open'; progress: number; nextPollAt: number } | { kind: 'ended'; end: OperationEnd }

/** A signal is not a shutdown yet. */
const signalledProgress = 90

/**
 * Asks for all of them in one request and says what became of each.
 * @throws AppError when the provider could not be asked
 */
export async function judge(
  ctx: Ctx,
  provider: Provider,
  rows: readonly OperationRow[],
): Promise<Map<string, Verdict>> {
  const ids = rows.flatMap((row) => [row.providerActionId ?? [], row.alsoActions].flat())
  const actions = ids.length > 0 ? await provider.getActions(ids) : []
  const known = new Map(actions.map((action) => [action.providerActionId, action]))
  const found: [OperationRow, ProviderAction | null][] = []
  for (const row of rows) {
    const action =
      row.providerActionId === null ? await findLostAction(ctx, provider, row) : known.get(row.providerActionId)
    found.push([row, action ? together(action, row, known) : null])
  }
  const signalled = found.filter(([row, action]) => isShutdown(row) && action?.status === 'succeeded')
  const statuses = await readStatuses(
    provider,
    signalled.flatMap(([row]) => row.serverProviderId ?? []),
  )
  return new Map(
    found.map(([row, action]) => [row.id, action ? judgeAction(ctx, row, action, statuses) : judgeMissing(ctx, row)]),
  )
}

/** Tools follow the provider's action, which ends with the signal (FACTS §6); people wait for the server to be off. */
const isShutdown = (row: OperationRow) => row.action === 'server.stop' && row.command === null

/** Several actions of one answer end together: with the last, and badly if any of them does. Null: one is not known. */
function together(
  main: ProviderAction,
  { alsoActions }: OperationRow,
  known: ReadonlyMap<string, ProviderAction>,
): ProviderAction | null {
  const all = [main]
  for (const id of alsoActions) {
    const other = known.get(id)
    if (!other) return null
    all.push(other)
  }
  const of = (status: ProviderAction['status']) => all.find((action) => action.status === status)
  const worst = of('running') ?? of('failed') ?? main
  return { ...worst, progress: Math.min(...all.map(({ progress }) => progress)) }
}

function judgeAction(
  ctx: Ctx,
  row: OperationRow,
  action: ProviderAction,
  statuses: ReadonlyMap<string, string>,
): Verdict {
  switch (action.status) {
    case 'failed': {
      const { code, message } = action.error ?? { code: '', message: '' }
      ctx.log.warn('operation.provider_failed', {
        operationId: row.id,
        providerCode: code,
        detail: message.slice(0, 200),
      })
      return { kind: 'ended', end: endOf('failed', 'provider_action_failed') }
    }
    case 'running':
      return open(ctx, row, Math.min(action.progress, 99))
    case 'succeeded':
      return isShutdown(row) ? judgeShutdown(ctx, row, statuses) : succeeded
  }
}

const succeeded: Verdict = { kind: 'ended', end: endOf('succeeded') }

function judgeShutdown(ctx: Ctx, row: OperationRow, statuses: ReadonlyMap<string, string>): Verdict {
  const status = statuses.get(row.serverProviderId ?? '')
  if (status === 'off') return succeeded
  if (status === undefined) return { kind: 'ended', end: endOf('unknown', 'provider_not_found') }
  if (ctx.clock.now() - row.startedAt >= shutdownMs) return { kind: 'ended', end: endOf('failed', 'shutdown_timeout') }
  return open(ctx, row, signalledProgress)
}

/** Never found: it did not arrive. Found once and forgotten: nobody knows any more. */
function judgeMissing(ctx: Ctx, row: OperationRow): Verdict {
  const age = ctx.clock.now() - row.startedAt
  if (row.providerActionId === null) {
    return age >= requestOverMs
      ? { kind: 'ended', end: endOf('failed', 'not_carried_out') }
      : open(ctx, row, row.progress)
  }
  return age >= unknownActionMs
    ? { kind: 'ended', end: endOf('unknown', 'outcome_unknown') }
    : open(ctx, row, row.progress)
}

function open(ctx: Ctx, row: OperationRow, progress: number): Verdict {
  const now = ctx.clock.now()
  if (now >= row.deadlineAt) return { kind: 'ended', end: endOf('unknown', 'outcome_unknown') }
  return { kind: 'open', progress, nextPollAt: now + pollDelayMs(now - row.startedAt) }
}
