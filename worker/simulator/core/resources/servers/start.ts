import { startAction, toWireAction, type ActionPlan } from '../../actions.ts'
import { created, type Context, type Reply } from '../../http.ts'
import { assertFree } from '../../actions.ts'
import type { Effect, ServerRecord } from '../../types.ts'

/** Starts an action that holds the server, and answers 201 with it and what comes beside it. */
export function startServerAction(
  context: Context,
  server: ServerRecord,
  plan: Omit<ActionPlan, 'resources' | 'holds'> & { resources?: ActionPlan['resources'] },
  beside: Record<string, unknown> = {},
): Reply {
  assertFree(server)
  const action = startAction(context, {
    resources: [{ id: server.id, type: 'server' }],
    ...plan,
    holds: server,
  })
  return created({ action: toWireAction(action, context.now), ...beside })
}

/** An action that has nothing to do and is successful at once. */
export function doneAtOnce(context: Context, server: ServerRecord, command: string): Reply {
  return startServerAction(context, server, { command, seconds: 0 })
}

/** The effect that changes fields of a server. */
export function setServer(server: ServerRecord, values: Partial<ServerRecord>): Effect {
  return { type: 'set', kind: 'servers', entity: server.id, values }
}

/** What a finished boot changes: it runs, and a rescue system is used up by the boot. */
export function booted(server: ServerRecord): Effect {
  return setServer(server, { status: 'running', offSince: null, rescue: false })
}

/** Tag of the events that a later power action makes obsolete. */
export function shutdownTag(server: ServerRecord): string {
  return `shutdown:${server.id}`
}
