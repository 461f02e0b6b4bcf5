import type { Ctx } from '../../context.ts'
import { AppError } from '../../kernel/errors.ts'
import { describeError } from '../../kernel/log.ts'
import { authorizeOnRecord } from '../../kernel/mutate.ts'
import type { PowerAction, Provider } from '../../provider/provider.ts'
import { openAccountProvider } from '../accounts/index.ts'
import type { PowerTarget } from './operations.store.ts'
import { assertExists, findTargets } from './power-server.ts'
import { assertCount, toAuditAction } from './rules.ts'
import { runPower } from './run-power.ts'
import type { BulkPowerItem } from './schemas.ts'

/** What a Worker may have open at the same time. */
const concurrency = 6

export interface PowerServersInput {
  serverIds: string[]
  action: PowerAction
  /** How many servers this is about, as the person typed it. */
  confirm: string
}

/**
 * The same action on up to 100 servers, each with its own operation, lock and record. Answers one result for each, in
 * the order asked for; what fails on one neither stops nor hides the others.
 */
export async function powerServers(ctx: Ctx, input: PowerServersInput): Promise<{ items: BulkPowerItem[] }> {
  const ids = [...new Set(input.serverIds)]
  const found = await findTargets(ctx, ids)
  await authorizeOnRecord(
    ctx,
    {
      action: toAuditAction(input.action),
      permission: 'servers:power',
      target: { type: 'instance', id: 'instance', name: `${ids.length} servers` },
    },
    found.map(({ id, name }) => ({ type: 'server', id, name })),
  )
  assertCount(input.confirm, ids.length)
  const targets = new Map(found.map((server) => [server.id, server]))
  const items = new Map<string, BulkPowerItem>()
  const open = onceEach((accountId) => openAccountProvider(ctx, accountId, 'person'))
  const queue = ids.values()
  const worker = async () => {
    for (const id of queue) items.set(id, await powerOne(ctx, id, targets.get(id), input.action, open))
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, ids.length) }, worker))
  return { items: ids.flatMap((id) => items.get(id) ?? []) }
}

type Open = (accountId: string) => Promise<Provider>

/** One look-up for each project, not for each server. */
function onceEach(open: Open): Open {
  const opened = new Map<string, Promise<Provider>>()
  return (accountId) => {
    const known = opened.get(accountId) ?? open(accountId)
    opened.set(accountId, known)
    return known
  }
}

async function powerOne(
  ctx: Ctx,
  serverId: string,
  server: PowerTarget | undefined,
  action: PowerAction,
  open: Open,
): Promise<BulkPowerItem> {
  const name = server?.name ?? ''
  try {
    assertExists(server)
    return { serverId, name, ok: true, operation: await runPower(ctx, server, action, open) }
  } catch (error) {
    const known = error instanceof AppError ? error : new AppError('internal', { cause: error })
    const facts = { serverId, code: known.code, detail: known.detail }
    if (known.status >= 500) ctx.log.error('power.failed', { ...facts, cause: describeError(known.cause ?? error) })
    const { code, message, hint } = known
    return { serverId, name, ok: false, error: { code, message, ...(hint ? { hint } : {}) } }
  }
}
