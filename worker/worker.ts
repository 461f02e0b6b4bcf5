import { createApp } from './app.ts'
import type { Ctx } from './context.ts'
import type { Follower, FollowUp } from './objects/action-lock.ts'
import { runSchedule } from './schedule.ts'
import { createCtx, type Modules } from './services.ts'

/** The Worker: HTTP and cron over the same services. An entry adds its modules. */
export function createWorker(modules: Modules): ExportedHandler<Env> & { fetch: ExportedHandlerFetchHandler<Env> } {
  const app = createApp(modules)
  return {
    fetch: (request, env, execution) => app.fetch(request, env, execution),
    async scheduled(event, env, execution) {
      const defer = (work: Promise<unknown>) => execution.waitUntil(work)
      await runSchedule(event.cron, (facts) => createCtx({ env, modules, defer }, facts))
    },
  }
}

/** Gives the lock objects, which import no feature, the verb that finds the end of an operation. */
export function followerFor(modules: Modules, follow: (ctx: Ctx, operationId: string) => Promise<FollowUp>): Follower {
  return async (env, operationId) => {
    const deferred: Promise<unknown>[] = []
    const defer = (work: Promise<unknown>) => void deferred.push(work)
    const ctx = createCtx({ env, modules, defer }, { actor: { kind: 'system', name: 'follow-up' }, source: 'system' })
    const next = await follow(ctx, operationId)
    await Promise.allSettled(deferred)
    return next
  }
}
