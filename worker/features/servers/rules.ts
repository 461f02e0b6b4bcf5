import { permissions, type Permission } from '../../kernel/permissions.ts'
import { days, hours, seconds } from '../../kernel/clock.ts'

/** Why a server deserves a look (P3.1). `rules.attentionOf` and the store's filter must agree. */
export const attentionReasons = ['off', 'status_unknown', 'type_deprecated', 'rescue', 'project_unreadable'] as const
export type AttentionReason = (typeof attentionReasons)[number]

export const operationStatuses = ['started', 'running', 'succeeded', 'failed', 'unknown'] as const

/** Projects in these states are shown with what was last read of them. */
export const unreadableStates = ['revoked', 'unreachable', 'outage'] as const

export interface AttentionFacts {
  status: string
  typeDeprecatedAt: number | null
  rescue: boolean
  accountState: string
}

export function attentionOf(facts: AttentionFacts): AttentionReason[] {
  const reasons: AttentionReason[] = []
  if (facts.status === 'off') reasons.push('off')
  if (facts.status === 'unknown') reasons.push('status_unknown')
  if (facts.typeDeprecatedAt !== null) reasons.push('type_deprecated')
  if (facts.rescue) reasons.push('rescue')
  if (unreadableStates.some((state) => state === facts.accountState)) reasons.push('project_unreadable')
  return reasons
}

export const serverSortKeys = [
  'name',
  'status',
  'project',
  'type',
  'location',
  'monthly',
  'created',
  'changed',
] as const
export type ServerSortKey = (typeof serverSortKeys)[number]
export type ServerSort = ServerSortKey | `-${ServerSortKey}`

export const serverSorts = serverSortKeys.flatMap((key): ServerSort[] => [key, `-${key}`]) as [
  ServerSort,
  ...ServerSort[],
]

export const sortKeyOf = (sort: ServerSort): ServerSortKey =>
  (sort.startsWith('-') ? sort.slice(1) : sort) as ServerSortKey

/** One form for each tag: no surrounding or double blanks, lower case, composed Unicode, no duplicates. */
export function normaliseTags(tags: readonly string[]): string[] {
  const normal = tags.map((tag) => tag.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase())
  return [...new Set(normal)].filter((tag) => tag !== '')
}

export const metricRanges = ['1h', '6h', '24h', '7d', '30d'] as const
export type MetricRange = (typeof metricRanges)[number]

/** How far back, and for how long an answer is good enough that the provider is not asked again. */
export const metricWindows: Record<MetricRange, { lengthMs: number; freshMs: number }> = {
  '1h': { lengthMs: hours(1), freshMs: seconds(15) },
  '6h': { lengthMs: hours(6), freshMs: seconds(30) },
  '24h': { lengthMs: hours(24), freshMs: seconds(60) },
  '7d': { lengthMs: days(7), freshMs: seconds(60) },
  '30d': { lengthMs: days(30), freshMs: seconds(60) },
}

/** What can be done to a server, and what is told of it. */
export const onServers: readonly Permission[] = (Object.keys(permissions) as Permission[]).filter(
  (permission) => permission.startsWith('servers:') || permission === 'costs:read',
)
