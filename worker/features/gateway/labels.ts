import type { Actor } from '../../kernel/actor.ts'
import { explain } from '../../kernel/authorize.ts'
import { AppError } from '../../kernel/errors.ts'
import { permissions, type Permission } from '../../kernel/permissions.ts'
import { covers, reachOf, type Reach } from '../../kernel/reach.ts'
import { requirementsOf, type Resource, type Scope } from '../../kernel/scope.ts'
import { coverageOf } from './coverage.ts'

type Labels = Record<string, string>

/** Labels as a client sends them; anything else is left to the provider, which refuses it. */
export function readLabels(value: unknown): Labels | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const entries = Object.entries(value)
  return entries.every(([, text]) => typeof text === 'string') ? (Object.fromEntries(entries) as Labels) : null
}

/**
 * The labels with which something may be created by who may create only within certain labels: those that are missing are
 * added. @throws AppError `forbidden` where no labels would put it within reach
 */
export function stampLabels(actor: Actor, permission: Permission, accountId: string, given: Labels): Labels {
  const reach = reachOf(actor, permission)
  for (const stamped of candidates(reach, accountId, given)) {
    if (covers(reach, { accountId, labels: stamped })) return stamped
  }
  if (!reach.every(({ allow }) => allow.some((scope) => scope.kind !== 'server' && scope.kind !== 'project'))) {
    throw new AppError('forbidden', { message: `This key creates nothing here (${permission}).`, meta: { permission } })
  }
  throw new AppError('forbidden', {
    message: `This key may create only with certain labels (${permission}).`,
    hint: 'Give the labels it is for, or none.',
    meta: { permission },
  })
}

/** A person has few rules; many that all apply say nothing new. */
const mostCandidates = 100

/** What is given, then what each label rule would make of it, one layer after the other. */
function candidates(reach: Reach, accountId: string, given: Labels): Labels[] {
  const found: Labels[] = [given]
  for (const { allow } of reach) {
    const rules = allow.filter((scope) => scope.kind === 'labels' && (scope.accountId ?? accountId) === accountId)
    found.push(...found.flatMap((labels) => rules.map((scope) => complete(scope, labels))).slice(0, mostCandidates))
  }
  return found
}

/** Adds what a rule asks for where it can only be one thing. */
function complete(scope: Scope, given: Labels): Labels {
  if (scope.kind !== 'labels') return given
  const labels = { ...given }
  for (const { key, op, values } of requirementsOf(scope.selector)) {
    const has = Object.hasOwn(labels, key)
    const [only, ...more] = values
    if (op === 'exists' && !has) labels[key] = ''
    if (op === 'in' && !has && only !== undefined && more.length === 0) labels[key] = only
  }
  return labels
}

/**
 * New labels must not move a resource into a rule, nor out of one: what somebody may do with it is the same before and
 * after. @throws AppError `forbidden`
 */
export function assertSameReach(actor: Actor, accountId: string, before: Resource, labels: Labels): void {
  const after: Resource = { ...before, labels }
  for (const permission of Object.keys(permissions) as Permission[]) {
    if (coverageOf(actor, permission, accountId) !== 'some') continue
    if (explain(actor, permission, before).allowed === explain(actor, permission, after).allowed) continue
    throw new AppError('forbidden', {
      message: 'These labels would change what this key may do with it.',
      hint: 'Keep the labels that the key is for.',
      meta: { permission },
    })
  }
}
