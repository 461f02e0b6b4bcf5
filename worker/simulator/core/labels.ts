import type { Labels } from './types.ts'

const NAME = /^[A-Za-z0-9](?:[-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?$/
const PREFIX = /^(?=.{1,253}$)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/

/** Problems of a label map (FACTS §5); empty = valid. */
export function labelProblems(labels: unknown): string[] {
  if (typeof labels !== 'object' || labels === null || Array.isArray(labels)) return ['must be an object']
  return Object.entries(labels).flatMap(([key, value]) => {
    const problems: string[] = []
    if (!isLabelKey(key)) problems.push(`invalid label key '${key}'`)
    if (typeof value !== 'string' || (value !== '' && !NAME.test(value)))
      problems.push(`invalid label value for '${key}'`)
    return problems
  })
}

export function isLabelMap(labels: unknown): labels is Labels {
  return labelProblems(labels).length === 0
}

function isLabelKey(key: string): boolean {
  const slash = key.indexOf('/')
  if (slash < 0) return NAME.test(key)
  const prefix = key.slice(0, slash)
  return prefix !== 'hetzner.cloud' && PREFIX.test(prefix) && NAME.test(key.slice(slash + 1))
}
