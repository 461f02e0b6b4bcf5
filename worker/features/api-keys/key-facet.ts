import type { KeyFacet } from '../../kernel/actor.ts'
import type { KeyRow } from './api-keys.store.ts'

type Narrowing = Pick<
  KeyRow,
  'id' | 'name' | 'permissions' | 'scopes' | 'stepUp' | 'accountId' | 'hourlyBudget' | 'expiresAt'
>

type Standing = Pick<KeyFacet, 'approvals' | 'isAccountConnected'>

/** What a key leaves of its person, as rules know it. */
export const facetOf = (key: Narrowing, { approvals, isAccountConnected }: Standing): KeyFacet => ({
  id: key.id,
  name: key.name,
  permissions: key.permissions,
  scopes: key.scopes,
  stepUp: key.stepUp,
  approvals,
  accountId: key.accountId,
  isAccountConnected,
  hourlyBudget: key.hourlyBudget,
  expiresAt: key.expiresAt,
})
