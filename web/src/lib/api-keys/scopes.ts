import type { KeyScope } from './types.ts'

/** Whether everything is said that this place needs. */
export function isComplete(scope: KeyScope): boolean {
  switch (scope.kind) {
    case 'everything':
      return true
    case 'account':
      return scope.accountId !== ''
    case 'project':
      return scope.project.trim() !== ''
    case 'labels':
      return scope.selector.trim() !== ''
    case 'server':
      return scope.serverId !== ''
  }
}

/** The one provider project that a key for these places can be of use in, where there is one. */
export function onlyAccount(scopes: readonly KeyScope[]): string | null {
  const ids = new Set(scopes.map((scope) => ('accountId' in scope ? scope.accountId : null)))
  const [only] = ids
  return ids.size === 1 ? (only ?? null) : null
}
