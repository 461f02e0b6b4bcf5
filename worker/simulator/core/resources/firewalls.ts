import { resourceActionRoutes, startAction, toWireAction } from '../actions.ts'
import { ApiError, invalidField, refused } from '../errors.ts'
import { created, noContent, ok, type Context, type Reply } from '../http.ts'
import { listTable } from '../list.ts'
import type { Route } from '../router.ts'
import { parseSelector } from '../selector.ts'
import { toTimestamp } from '../time.ts'
import type { ActionRecord, FirewallRecord, FirewallTarget } from '../types.ts'
import type { World } from '../world.ts'
import { readRules } from './firewall-rules.ts'
import { applyNameAndLabels, assertNameFree, assertWithinLimit, NAMED_SORT, requireRecord } from './shared.ts'

/** Firewalls: rules that apply to servers, named by id or by label. */
export function firewallRoutes(): Route[] {
  return [
    { method: 'GET', path: '/firewalls', handler: listFirewalls },
    { method: 'POST', path: '/firewalls', handler: createFirewall },
    { method: 'GET', path: '/firewalls/{id}', handler: (context) => answer(context, requireFirewall(context)) },
    { method: 'PUT', path: '/firewalls/{id}', handler: updateFirewall },
    { method: 'DELETE', path: '/firewalls/{id}', handler: deleteFirewall },
    { method: 'POST', path: '/firewalls/{id}/actions/set_rules', handler: setRules },
    { method: 'POST', path: '/firewalls/{id}/actions/apply_to_resources', handler: applyToResources },
    { method: 'POST', path: '/firewalls/{id}/actions/remove_from_resources', handler: removeFromResources },
    ...resourceActionRoutes('firewalls', 'firewall', (context) => void requireFirewall(context)),
  ]
}

function listFirewalls(context: Context): Reply {
  return listTable(context, context.world.tables.firewalls, {
    key: 'firewalls',
    sort: NAMED_SORT,
    toWire: (firewall) => toWire(context.world, firewall),
    name: (firewall) => firewall.name,
    labels: (firewall) => firewall.labels,
  })
}

function createFirewall(context: Context): Reply {
  const { world, project, body, now } = context
  const labels = body.labels() ?? {}
  const name = body.requiredString('name')
  const rules = readRules(body.list('rules'))
  const appliedTo = readTargets(context, body.list('apply_to'), 'apply_to', 422)
  body.check()
  assertNameFree(context, world.tables.firewalls.of(project.id), name)
  assertWithinLimit(context, 'firewalls', 'firewall')
  const firewall: FirewallRecord = {
    id: world.nextId('firewalls'),
    project: project.id,
    name,
    rules,
    appliedTo,
    labels,
    created: now,
  }
  world.tables.firewalls.put(firewall)
  const actions = [startSetRules(context, firewall), ...startPerServer(context, firewall, appliedTo, 'apply_firewall')]
  return created({ firewall: toWire(world, firewall), actions: actions.map((action) => toWireAction(action, now)) })
}

function updateFirewall(context: Context): Reply {
  const firewall = requireFirewall(context)
  applyNameAndLabels(context, firewall, context.world.tables.firewalls.of(context.project.id))
  return answer(context, context.world.tables.firewalls.put(firewall))
}

function deleteFirewall(context: Context): Reply {
  const firewall = requireFirewall(context)
  if (firewall.appliedTo.length > 0) throw refused('resource_in_use', `firewall with ID ${firewall.id} is still in use`)
  context.world.tables.firewalls.delete(firewall.id)
  return noContent()
}

function setRules(context: Context): Reply {
  const firewall = requireFirewall(context)
  if (!context.body.has('rules')) throw invalidField('rules', 'missing data for required field')
  firewall.rules = readRules(context.body.list('rules'))
  context.world.tables.firewalls.put(firewall)
  const actions = [
    startSetRules(context, firewall),
    ...startPerServer(context, firewall, firewall.appliedTo, 'apply_firewall'),
  ]
  return answerActions(context, actions)
}

function applyToResources(context: Context): Reply {
  const firewall = requireFirewall(context)
  const added = readTargets(context, context.body.list('apply_to'), 'apply_to', 404)
  if (added.length === 0) throw invalidField('apply_to', 'missing data for required field')
  if (added.some((target) => firewall.appliedTo.some((known) => sameTarget(known, target)))) {
    throw refused('firewall_already_applied', 'firewall is already applied to the resource')
  }
  firewall.appliedTo = [...firewall.appliedTo, ...added]
  context.world.tables.firewalls.put(firewall)
  return answerActions(context, startPerServer(context, firewall, added, 'apply_firewall'))
}

function removeFromResources(context: Context): Reply {
  const firewall = requireFirewall(context)
  const gone = readTargets(context, context.body.list('remove_from'), 'remove_from', 404)
  if (gone.length === 0) throw invalidField('remove_from', 'missing data for required field')
  const kept = firewall.appliedTo.filter((known) => !gone.some((target) => sameTarget(known, target)))
  if (kept.length !== firewall.appliedTo.length - gone.length) throw resourceNotFound(404)
  firewall.appliedTo = kept
  context.world.tables.firewalls.put(firewall)
  return answerActions(context, startPerServer(context, firewall, gone, 'remove_firewall'))
}

function readTargets(context: Context, values: unknown[], field: string, missingStatus: number): FirewallTarget[] {
  return values.map((value) => {
    const target = value as {
      type?: unknown
      server?: { id?: unknown }
      label_selector?: { selector?: unknown }
    } | null
    if (target?.type === 'label_selector') {
      const selector = String(target.label_selector?.selector ?? '')
      parseSelector(selector)
      return { type: 'label_selector', selector }
    }
    if (target?.type !== 'server') throw invalidField(`${field}.type`, 'must be server or label_selector')
    const id = Number(target.server?.id)
    if (!context.world.tables.servers.find(context.project.id, id)) throw resourceNotFound(missingStatus)
    return { type: 'server', server: id }
  })
}

function startSetRules(context: Context, firewall: FirewallRecord): ActionRecord {
  return startAction(context, {
    command: 'set_firewall_rules',
    seconds: 0,
    resources: [{ id: firewall.id, type: 'firewall' }],
  })
}

function startPerServer(
  context: Context,
  firewall: FirewallRecord,
  targets: FirewallTarget[],
  command: string,
): ActionRecord[] {
  return serversOf(context.world, firewall.project, targets).map((server) =>
    startAction(context, {
      command,
      seconds: 1,
      resources: [
        { id: firewall.id, type: 'firewall' },
        { id: server, type: 'server' },
      ],
    }),
  )
}

function serversOf(world: World, project: number, targets: FirewallTarget[]): number[] {
  const ids = new Set<number>()
  for (const target of targets) {
    if (target.type === 'server') ids.add(target.server)
    else for (const id of selected(world, project, target.selector)) ids.add(id)
  }
  return [...ids]
}

function selected(world: World, project: number, selector: string): number[] {
  const matches = parseSelector(selector)
  return world.tables.servers.of(project).flatMap((server) => (matches(server.labels) ? [server.id] : []))
}

function sameTarget(a: FirewallTarget, b: FirewallTarget): boolean {
  if (a.type === 'server') return b.type === 'server' && a.server === b.server
  return b.type === 'label_selector' && a.selector === b.selector
}

function resourceNotFound(status: number): ApiError {
  return new ApiError(status, 'firewall_resource_not_found', 'the resource was not found')
}

function requireFirewall(context: Context): FirewallRecord {
  return requireRecord(context, 'firewalls', 'firewall')
}

function answer(context: Context, firewall: FirewallRecord): Reply {
  return ok({ firewall: toWire(context.world, firewall) })
}

function answerActions(context: Context, actions: ActionRecord[]): Reply {
  return created({ actions: actions.map((action) => toWireAction(action, context.now)) })
}

function toWire(world: World, firewall: FirewallRecord): object {
  return {
    id: firewall.id,
    name: firewall.name,
    labels: firewall.labels,
    created: toTimestamp(firewall.created),
    rules: firewall.rules,
    applied_to: firewall.appliedTo.map((target) =>
      target.type === 'server'
        ? { type: 'server', server: { id: target.server } }
        : {
            type: 'label_selector',
            label_selector: { selector: target.selector },
            applied_to_resources: selected(world, firewall.project, target.selector).map((id) => ({
              type: 'server',
              server: { id },
            })),
          },
    ),
  }
}
