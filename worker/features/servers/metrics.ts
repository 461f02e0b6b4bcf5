import type { Ctx } from '../../context.ts'
import { iso } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import { openAccountProvider } from '../accounts/index.ts'
import { getServerOrThrow } from './get-or-throw.ts'
import { metricWindows, type MetricRange } from './rules.ts'
import type { ServerMetrics } from './schemas.ts'
import { TtlCache } from './ttl-cache.ts'

/** Dashboards that show the same chart share an answer, or they would eat the project's rate budget (DESIGN §8). */
const cache = new TtlCache<ServerMetrics>(500)

/**
 * What the provider measured, up to a minute ago.
 * @throws AppError `not_found`, `provider_not_found` for a server that is gone, `account_paused`, `provider_*`
 */
export async function getServerMetrics(ctx: Ctx, serverId: string, range: MetricRange): Promise<ServerMetrics> {
  const server = await getServerOrThrow(ctx, serverId)
  if (server.deletedAt !== null) throw new AppError('provider_not_found')
  const now = ctx.clock.now()
  const key = `${server.id} ${range}`
  const known = cache.get(key, now)
  if (known) return known
  const { lengthMs, freshMs } = metricWindows[range]
  const provider = await openAccountProvider(ctx, server.accountId, 'person')
  const measured = await provider.getMetrics(server.providerId, ['cpu', 'disk', 'network'], now - lengthMs, now)
  const metrics = { ...measured, start: iso(measured.start), end: iso(measured.end) }
  cache.set(key, metrics, now + freshMs)
  return metrics
}
