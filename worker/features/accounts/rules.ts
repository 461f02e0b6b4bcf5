import { minutes } from '../../kernel/clock.ts'
import type { ProviderErrorKind } from '../../provider/provider.ts'
import type { AccountState } from '../../db/schema/fleet.ts'

/** How often a project is read while nothing asks for more or less (DESIGN §9). */
export const defaultSyncIntervalMs = minutes(1)

/**
 * What a failed call says about the whole project, if anything. A refusal of one request says nothing: neither
 * "read only" nor "forbidden" means that the token is dead (FACTS §1).
 */
export function stateAfter(kind: ProviderErrorKind): AccountState | null {
  switch (kind) {
    case 'token_rejected':
      return 'revoked'
    case 'rate_limited':
      return 'rate_limited'
    case 'unreachable':
    case 'timeout':
      return 'unreachable'
    case 'unavailable':
    case 'maintenance':
      return 'outage'
    case 'token_read_only':
    case 'forbidden':
    case 'not_found':
    case 'conflict':
    case 'locked':
    case 'protected':
    case 'rejected':
    case 'capacity':
    case 'quota':
    case 'malformed':
    case 'budget_exhausted':
      return null
  }
}

/** States that one successful call disproves. `partial` and `pending` end only with a complete pass. */
export const disprovedBySuccess: readonly AccountState[] = ['revoked', 'rate_limited', 'unreachable', 'outage']
