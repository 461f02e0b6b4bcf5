import { ApiError, locked, notFound } from './errors.ts'
import { ok, type Context, type Reply } from './http.ts'
import { listRows, queryValues, sortByQuery, wanted, type SortFields } from './list.ts'
import type { Route } from './router.ts'
import { toTimestamp } from './time.ts'
import type { ActionRecord, Effect, ServerRecord } from './types.ts'

export interface ActionPlan {
  command: string
  /** Seconds it takes at time scale 1; 0 = already successful in the answer. */
  seconds: number
  resources: { id: number; type: string }[]
  /** The server it holds until it ends. */
  holds?: ServerRecord
  /** What changes on the held server at once. */
  now?: Partial<ServerRecord>
  /** Changes something other than the held server at once; not called when the action is to fail. */
  apply?: () => void
  /** Effects and when they happen, as seconds after the start; nothing of it happens when the action fails. */
  effects?: { seconds: number; effect: Effect; tag?: string }[]
  /** Fails for a reason of its own, without a fault. */
  fails?: ActionError
  /** What happens at the end instead, when it fails. */
  onError?: Effect[] | ((error: ActionError) => Effect[])
}

type ActionError = { code: string; message: string }

/**
 * Starts an action (FACTS §6): one mutating action per server, others get 423 locked.
 * An `action_error` fault makes it fail at its end, and it changes nothing.
 */
export function startAction(context: Context, plan: ActionPlan): ActionRecord {
  const { world, project, now } = context
  if (plan.holds) assertFree(plan.holds)
  const factor = world.time.scale * context.slowness * 1_000
  const instant = plan.seconds === 0
  const action: ActionRecord = {
    id: world.nextId('actions'),
    project: project.id,
    command: plan.command,
    status: instant ? 'success' : 'running',
    started: now,
    ends: now + plan.seconds * factor,
    resources: plan.resources,
    error: null,
  }
  world.tables.actions.put(action)
  if (instant) {
    if (plan.holds && plan.now) world.tables.servers.put(Object.assign(plan.holds, plan.now))
    plan.apply?.()
    return action
  }
  const error = plan.fails ?? takeActionError(context, plan.command)
  if (plan.holds) hold(context, plan.holds, action, error ? {} : plan.now)
  if (!error) plan.apply?.()
  for (const { seconds, effect, tag } of error ? [] : (plan.effects ?? [])) {
    world.schedule(project.id, now + seconds * factor, effect, tag)
  }
  const onError = (error && (typeof plan.onError === 'function' ? plan.onError(error) : plan.onError)) ?? []
  for (const effect of onError) world.schedule(project.id, action.ends, effect)
  world.schedule(project.id, action.ends, { type: 'finish', action: action.id, ...(error ? { error } : {}) })
  return action
}

function hold({ world }: Context, server: ServerRecord, action: ActionRecord, change?: Partial<ServerRecord>): void {
  world.tables.servers.put(Object.assign(server, change, { lockedBy: action.id }))
}

/** 423 while an action, or the world from outside, holds the server. */
export function assertFree(server: ServerRecord): void {
  if (isLocked(server)) throw locked('server')
}

export function isLocked(server: ServerRecord): boolean {
  return server.lockedBy !== null || server.lockedOutside === true
}

/** The action as the provider writes it; progress follows the clock. */
export function toWireAction(action: ActionRecord, now: number): Record<string, unknown> {
  const running = action.status === 'running'
  const share = (now - action.started) / Math.max(1, action.ends - action.started)
  return {
    id: action.id,
    command: action.command,
    status: action.status,
    started: toTimestamp(action.started),
    finished: running ? null : toTimestamp(action.ends),
    progress: running ? Math.min(99, Math.max(0, Math.floor(share * 100))) : 100,
    resources: action.resources,
    error: action.error,
  }
}

/** `/actions` and `/actions/{id}`. */
export function actionRoutes(): Route[] {
  return [
    { method: 'GET', path: '/actions', handler: getActions },
    { method: 'GET', path: '/actions/{id}', handler: (context) => getAction(context, () => true) },
  ]
}

/** How a path names a resource: the parameter and the id it stands for. */
export interface PathReference {
  parameter: string
  idOf: (context: Context) => number
}

const BY_ID: PathReference = { parameter: 'id', idOf: (context) => Number(context.params.id) }

/** The four action endpoints of a resource kind: `/servers/actions`, `/servers/{id}/actions` and one of each. */
export function resourceActionRoutes(
  kind: string,
  type: string,
  assertExists: (context: Context) => void,
  { parameter, idOf }: PathReference = BY_ID,
): Route[] {
  const ofType = (action: ActionRecord): boolean => action.resources.some((resource) => resource.type === type)
  const ofResource = (context: Context): ((action: ActionRecord) => boolean) => {
    const id = idOf(context)
    return (action) => action.resources.some((resource) => resource.type === type && resource.id === id)
  }
  return [
    { method: 'GET', path: `/${kind}/actions`, handler: (context) => listActions(context, ofType) },
    { method: 'GET', path: `/${kind}/actions/{id}`, handler: (context) => getAction(context, ofType) },
    {
      method: 'GET',
      path: `/${kind}/{${parameter}}/actions`,
      handler(context) {
        assertExists(context)
        return listActions(context, ofResource(context))
      },
    },
    {
      method: 'GET',
      path: `/${kind}/{${parameter}}/actions/{action_id}`,
      handler: (context) => getAction(context, ofResource(context), 'action_id'),
    },
  ]
}

const SORT: SortFields<ActionRecord> = {
  id: (action) => action.id,
  command: (action) => action.command,
  status: (action) => action.status,
  started: (action) => action.started,
  finished: (action) => (action.status === 'running' ? null : action.ends),
}

/** Unknown ids are dropped; without any id the endpoint is gone (FACTS §3). */
function getActions(context: Context): Reply {
  const ids = queryValues(context.query, 'id')
  if (!ids) {
    throw new ApiError(410, 'deprecated_api_endpoint', 'listing all actions is no longer supported, pass action ids', {
      announcement:
        'https://docs.hetzner.cloud/changelog#2025-01-30-listing-arbitrary-actions-in-the-actions-list-endpoint-is-deprecated',
    })
  }
  const statuses = queryValues(context.query, 'status')
  const found = [...ids].flatMap((id) => context.world.tables.actions.find(context.project.id, Number(id)) ?? [])
  const sorted = sortByQuery(context.query, found, SORT).filter((action) => wanted(statuses, action.status))
  return ok({ actions: sorted.map((action) => toWireAction(action, context.now)) })
}

function getAction(context: Context, belongs: (action: ActionRecord) => boolean, parameter = 'id'): Reply {
  const id = Number(context.params[parameter])
  const action = context.world.tables.actions.find(context.project.id, id)
  if (!action || !belongs(action)) throw notFound('action', id)
  return ok({ action: toWireAction(action, context.now) })
}

function listActions(context: Context, belongs: (action: ActionRecord) => boolean): Reply {
  const statuses = queryValues(context.query, 'status')
  const ids = queryValues(context.query, 'id')
  return listRows(context, context.world.tables.actions.of(context.project.id).filter(belongs), {
    key: 'actions',
    sort: SORT,
    toWire: (action) => toWireAction(action, context.now),
    filter: (action) => wanted(statuses, action.status) && wanted(ids, String(action.id)),
  })
}

function takeActionError(context: Context, command: string): ActionError | undefined {
  for (const fault of context.world.tables.faults.all()) {
    if (fault.kind !== 'action_error' || fault.times === 0) continue
    if (fault.options.command && fault.options.command !== command) continue
    if (fault.project !== 0 && fault.project !== context.project.id) continue
    fault.hits++
    if (fault.times !== null) fault.times--
    context.world.tables.faults.put(fault)
    return {
      code: String(fault.options.code ?? 'action_failed'),
      message: String(fault.options.message ?? 'Action failed'),
    }
  }
  return undefined
}
