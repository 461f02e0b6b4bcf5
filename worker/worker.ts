import { createApp } from './app.ts'
import type { Ctx } from './context.ts'
import { writeKeyUse } from './features/api-keys/index.ts'
import { readActionsForMirror, readForMirror } from './features/gateway/index.ts'
import type { SystemActor } from './kernel/actor.ts'
import type { Follower, FollowUp } from './objects/action-lock.ts'
import type { WriteUse } from './objects/use-counter.ts'
import type { MirrorFetch } from './objects/read-mirror.ts'
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

/** Gives the mirrors, which import no feature, the verb that reads from the provider. */
export function mirrorFetchFor(modules: Modules): MirrorFetch {
  return {
    read: (env, accountId, target) =>
      withSystemCtx(env, modules, 'gateway', (ctx) => readForMirror(ctx, accountId, target)),
    readActions: (env, accountId, ids) =>
      withSystemCtx(env, modules, 'gateway', (ctx) => readActionsForMirror(ctx, accountId, ids)),
  }
}

/** Gives the lock objects, which import no feature, the verb that finds the end of an operation. */
export function followerFor(
  modules: Modules,
  follow: (ctx: Ctx, operationId: string, soon: boolean) => Promise<FollowUp>,
): Follower {
  return (env, operationId, soon) => withSystemCtx(env, modules, 'follow-up', (ctx) => follow(ctx, operationId, soon))
}

/** Gives the objects that count the calls of API keys, which import no feature, the verb that writes the counts down. */
export function useWriterFor(modules: Modules): (env: Env) => WriteUse {
  return (env) => (keyId, byDay) => withSystemCtx(env, modules, 'gateway', (ctx) => writeKeyUse(ctx, keyId, byDay))
}

/** What goes on after the answer in a request is waited for in an object. */
async function withSystemCtx<T>(
  env: Env,
  modules: Modules,
  name: SystemActor['name'],
  work: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  const deferred: Promise<unknown>[] = []
  const defer = (late: Promise<unknown>) => void deferred.push(late)
  const ctx = createCtx({ env, modules, defer }, { actor: { kind: 'system', name }, source: 'system' })
  const result = await work(ctx)
  await Promise.allSettled(deferred)
  return result
}
