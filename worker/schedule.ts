import type { Ctx } from './context.ts'
import { sweepAbandoned, sweepOperations } from './features/actions/index.ts'
import { pruneApprovals, pruneKeyUsage } from './features/api-keys/index.ts'
import { snapshotCosts } from './features/costs/index.ts'
import { pruneIdempotencyKeys } from './features/idempotency/index.ts'
import { pruneSessions } from './features/identity/index.ts'
import { pruneAlerts } from './features/protection/index.ts'
import { pruneProviderLog } from './features/provider-log/index.ts'
import { archiveAudit, sealAudit } from './features/seals/index.ts'
import { lookAround, pruneSeenActions, syncDueAccounts } from './features/sync/index.ts'
import { describeError } from './kernel/log.ts'
import type { Facts } from './services.ts'

type Job = { name: string; run: (ctx: Ctx) => Promise<unknown> }

/** Cron expression → jobs. Each job is alone: one that fails is logged and does not stop the next. */
const schedule: Record<string, readonly Job[]> = {
  '* * * * *': [
    { name: 'operations.sweep', run: sweepOperations },
    { name: 'audit.seal', run: sealAudit },
    { name: 'sync', run: (ctx) => syncDueAccounts(ctx) },
  ],
  '*/5 * * * *': [{ name: 'outside', run: lookAround }],
  '17 0 * * *': [
    { name: 'costs.snapshot', run: snapshotCosts },
    { name: 'audit.sweep', run: sweepAbandoned },
    { name: 'audit.archive', run: archiveAudit },
    { name: 'sessions.prune', run: pruneSessions },
    { name: 'approvals.prune', run: pruneApprovals },
    { name: 'key-usage.prune', run: pruneKeyUsage },
    { name: 'sync.prune', run: pruneSeenActions },
    { name: 'idempotency.prune', run: pruneIdempotencyKeys },
    { name: 'provider-log.prune', run: pruneProviderLog },
    { name: 'alerts.prune', run: pruneAlerts },
  ],
}

export async function runSchedule(cron: string, createCtx: (facts: Facts) => Ctx): Promise<void> {
  for (const job of schedule[cron] ?? []) {
    const ctx = createCtx({ actor: { kind: 'system', name: 'cron' }, source: 'cron' })
    try {
      await job.run(ctx)
    } catch (error) {
      ctx.log.error('job.failed', { job: job.name, error: describeError(error) })
    }
  }
}
