import type { Resource } from '../../kernel/scope.ts'

/** The facts of a server that rules can tell apart. */
export interface ServerFacts {
  id: string
  accountId: string
  labels: Record<string, string>
  project: string | null
  environment: string | null
}

export const resourceOf = ({ id, accountId, labels, project, environment }: ServerFacts): Resource => ({
  serverId: id,
  accountId,
  labels,
  project,
  environment,
})
