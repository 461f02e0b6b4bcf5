import { matchesLabels, parseLabelSelector, type LabelRequirement, type Labels } from './label-selector.ts'
import type { Permission } from './permissions.ts'

/** What a rule is about (DESIGN §6). */
export type Scope =
  | { kind: 'everything' }
  | { kind: 'account'; accountId: string }
  /** Our own metadata (P4.2). `environment: null` is any. */
  | { kind: 'project'; project: string; environment: string | null }
  /** The provider's labels. `accountId: null` is any account. */
  | { kind: 'labels'; selector: string; accountId: string | null }
  | { kind: 'server'; serverId: string }

export const everything: Scope = { kind: 'everything' }

/** Adds or removes permissions where its scope holds. One that has expired is not even loaded. */
export interface Grant {
  id: string
  effect: 'allow' | 'deny'
  permissions: readonly Permission[]
  scope: Scope
}

/** The facts of a thing that scopes can tell apart. A fact that is missing matches no rule that asks for it. */
export interface Resource {
  accountId: string
  serverId?: string | undefined
  project?: string | null | undefined
  environment?: string | null | undefined
  labels?: Labels | undefined
}

/** A selector that cannot be read holds nowhere: whoever wrote it was told, and a rule fails closed. */
export function isWithin(scope: Scope, resource: Resource): boolean {
  switch (scope.kind) {
    case 'everything':
      return true
    case 'account':
      return resource.accountId === scope.accountId
    case 'project':
      return (
        resource.project === scope.project && (scope.environment === null || resource.environment === scope.environment)
      )
    case 'labels':
      if (!resource.labels || (scope.accountId !== null && resource.accountId !== scope.accountId)) return false
      return matchesLabels(requirementsOf(scope.selector), resource.labels)
    case 'server':
      return resource.serverId === scope.serverId
  }
}

const nowhere = [{ key: '', op: 'exists' as const, values: [] }]

/** A list asks the same few rules of every row. */
const read = new Map<string, readonly LabelRequirement[]>()
const mostRead = 1_000

export function requirementsOf(selector: string): readonly LabelRequirement[] {
  const known = read.get(selector)
  if (known) return known
  if (read.size >= mostRead) read.clear()
  const requirements = parseOrNowhere(selector)
  read.set(selector, requirements)
  return requirements
}

function parseOrNowhere(selector: string): readonly LabelRequirement[] {
  try {
    return parseLabelSelector(selector)
  } catch {
    return nowhere
  }
}
