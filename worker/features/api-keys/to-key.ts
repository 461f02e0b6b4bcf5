import { iso, isoOrNull } from '../../kernel/clock.ts'
import type { Snapshot } from '../../kernel/audit.ts'
import type { Scope } from '../../kernel/scope.ts'
import type { KeyRow, KeyWithOwner } from './api-keys.store.ts'
import { stateOf } from './rules.ts'
import type { ApiKey } from './schemas.ts'

/** What may be seen of a key: never its secret or the hash of it. */
export const toKey = ({ key, owner }: KeyWithOwner, now: number): ApiKey => ({
  id: key.id,
  name: key.name,
  hint: key.hint,
  state: stateOf(key, now),
  owner,
  permissions: key.permissions,
  scopes: key.scopes,
  ipAllowlist: key.ipAllowlist,
  stepUp: key.stepUp,
  accountId: key.accountId,
  hourlyBudget: key.hourlyBudget,
  expiresAt: isoOrNull(key.expiresAt),
  createdAt: iso(key.createdAt),
  lastUsedAt: isoOrNull(key.lastUsedAt),
  lastIp: key.lastIp,
  useCount: key.useCount,
  refusalCount: key.refusalCount,
  revokedAt: isoOrNull(key.revokedAt),
  revokedReason: key.revokedReason,
  replacedBy: key.replacedBy,
  overlapUntil: isoOrNull(key.overlapUntil),
})

export const keyTarget = (key: Pick<KeyRow, 'id' | 'name'>) =>
  ({ type: 'api_key', id: key.id, name: key.name }) as const

/** What the record says of a key. */
export const keySnapshot = (
  key: Pick<
    KeyRow,
    'name' | 'hint' | 'permissions' | 'scopes' | 'ipAllowlist' | 'stepUp' | 'accountId' | 'hourlyBudget' | 'expiresAt'
  >,
): Snapshot => ({
  name: key.name,
  hint: key.hint,
  permissions: key.permissions.join(', '),
  scopes: key.scopes.map(scopeText).join('; '),
  ipAllowlist: key.ipAllowlist.join(', '),
  stepUp: key.stepUp,
  accountId: key.accountId,
  hourlyBudget: key.hourlyBudget,
  expiresAt: isoOrNull(key.expiresAt),
})

function scopeText(scope: Scope): string {
  switch (scope.kind) {
    case 'everything':
      return 'everything'
    case 'account':
      return `account ${scope.accountId}`
    case 'project':
      return `project ${scope.project}${scope.environment === null ? '' : ` / ${scope.environment}`}`
    case 'labels':
      return `labels ${scope.selector}${scope.accountId === null ? '' : ` in ${scope.accountId}`}`
    case 'server':
      return `server ${scope.serverId}`
  }
}
