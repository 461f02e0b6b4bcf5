import type { KeyStepUp } from '../../kernel/actor.ts'
import { days } from '../../kernel/clock.ts'
import type { AppErrorOptions } from '../../kernel/errors.ts'
import type { Permission } from '../../kernel/permissions.ts'
import type { Bucket } from '../../kernel/rate-limit.ts'
import { isWithin, type Resource, type Scope } from '../../kernel/scope.ts'
import type { ApiKeyRow as KeyRow } from '../../db/schema/api-keys.ts'

export const keyLimit = 50
export const defaultLifetimeMs = days(90)
export const maxLifetimeMs = days(730)

/** The bucket of a key's own budget, and the name of the object that keeps it. */
export const hourlyBucket = (budget: number): Bucket => ({ capacity: budget, perSecond: budget / 3_600 })
export const hourlyLimiter = (keyId: string): string => `key-hour:${keyId}`

export const keyStates = ['active', 'replacing', 'replaced', 'expired', 'revoked'] as const
/** `replacing`: its successor is there, and it still works for a while. */
export type KeyState = (typeof keyStates)[number]

/** Living states: the key works, as far as it itself goes. */
export const livingStates: readonly KeyState[] = ['active', 'replacing']

export function stateOf(
  key: Pick<KeyRow, 'revokedAt' | 'expiresAt' | 'replacedBy' | 'overlapUntil'>,
  now: number,
): KeyState {
  if (key.revokedAt !== null) return 'revoked'
  if (key.replacedBy !== null && (key.overlapUntil ?? 0) <= now) return 'replaced'
  if (key.expiresAt !== null && key.expiresAt <= now) return 'expired'
  return key.replacedBy === null ? 'active' : 'replacing'
}

/**
 * Whether everything in `inner` is certainly in `outer` too. Two selectors of labels are compared as they are written:
 * what cannot be told counts as wider. `facts`: of the server that `inner` names, where it names one.
 */
export function isNarrower(inner: Scope, outer: Scope, facts?: Resource): boolean {
  if (outer.kind === 'everything') return true
  if (inner.kind === 'server') {
    return facts ? isWithin(outer, facts) : outer.kind === 'server' && outer.serverId === inner.serverId
  }
  if (inner.kind === 'labels' && outer.kind === 'account') return inner.accountId === outer.accountId
  if (inner.kind === 'labels' && outer.kind === 'labels') {
    return inner.selector === outer.selector && (outer.accountId === null || inner.accountId === outer.accountId)
  }
  if (inner.kind === 'project' && outer.kind === 'project') {
    return inner.project === outer.project && (outer.environment === null || inner.environment === outer.environment)
  }
  return inner.kind === 'account' && outer.kind === 'account' && inner.accountId === outer.accountId
}

type FieldErrors = NonNullable<AppErrorOptions['fields']>

/** Whoever governs people with a key could make an owner of anybody: each such act waits for a passkey. */
export const stepUpProblem = (permissions: readonly Permission[], stepUp: KeyStepUp): FieldErrors =>
  stepUp === 'never' && permissions.includes('users:govern')
    ? [{ path: 'stepUp', message: 'A key that governs people asks for approval.' }]
    : []

export interface Narrowing {
  permissions?: readonly Permission[] | undefined
  scopes?: readonly Scope[] | undefined
  stepUp?: KeyStepUp | undefined
  accountId?: string | null | undefined
  hourlyBudget?: number | null | undefined
  expiresAt?: number | null | undefined
}

const wider = 'A key can only become narrower. Make a new one instead.'

/**
 * What of this change would make the key reach further than it does. `servers`: the facts of those that its new scopes
 * name, so that one server counts as narrower than its project.
 */
export function wideningProblems(
  key: KeyRow,
  change: Narrowing,
  servers: ReadonlyMap<string, Resource> = new Map(),
): FieldErrors {
  const factsOf = (scope: Scope) => (scope.kind === 'server' ? servers.get(scope.serverId) : undefined)
  const problems: FieldErrors = []
  if (change.permissions?.some((permission) => !key.permissions.includes(permission))) {
    problems.push({ path: 'permissions', message: wider })
  }
  if (change.scopes?.some((scope) => !key.scopes.some((outer) => isNarrower(scope, outer, factsOf(scope))))) {
    problems.push({ path: 'scopes', message: wider })
  }
  if (change.stepUp === 'never' && key.stepUp !== 'never') problems.push({ path: 'stepUp', message: wider })
  if (change.accountId !== undefined && key.accountId !== null && change.accountId !== key.accountId) {
    problems.push({ path: 'accountId', message: wider })
  }
  if (change.hourlyBudget !== undefined && (change.hourlyBudget ?? Infinity) > (key.hourlyBudget ?? Infinity)) {
    problems.push({ path: 'hourlyBudget', message: wider })
  }
  if (change.expiresAt !== undefined && (change.expiresAt ?? Infinity) > (key.expiresAt ?? Infinity)) {
    problems.push({ path: 'expiresAt', message: wider })
  }
  return problems
}

/** Less is too little to say what a tool does not need. */
const leastWatchedDays = 7

/** What a key has and did not use, once it was watched for a week; nothing where it used nothing: that one is to be revoked. */
export const unusedOf = (
  has: readonly Permission[],
  used: readonly string[],
  watchedDays: number,
): readonly Permission[] => {
  const unused = has.filter((permission) => !used.includes(permission))
  return watchedDays < leastWatchedDays || unused.length === has.length ? [] : unused
}

/** What a rotated key's successor gets: as long as the key itself had. */
export const successorExpiry = (key: Pick<KeyRow, 'createdAt' | 'expiresAt'>, now: number): number | null =>
  key.expiresAt === null ? null : now + (key.expiresAt - key.createdAt)
