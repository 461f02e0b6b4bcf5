import type { components } from '#lib/api/schema.d.ts'
import { m } from '#lib/paraglide/messages.js'

export type Grant = components['schemas']['Grant']
export type Scope = components['schemas']['Scope']
export type Explanation = components['schemas']['Explanation']

/** What a rule is about, in words, by name; what no longer exists is said so. */
export function scopeText({ scope, scopeName }: Pick<Grant, 'scope' | 'scopeName'>): string {
  const name = scopeName ?? m.access_gone()
  switch (scope.kind) {
    case 'everything':
      return m.access_everything()
    case 'account':
      return m.access_on_account({ name })
    case 'project':
      return scope.environment === null
        ? m.access_on_project({ project: scope.project })
        : m.access_on_environment({ project: scope.project, environment: scope.environment })
    case 'labels':
      return scope.accountId === null
        ? m.access_on_labels({ selector: scope.selector })
        : m.access_on_labels_in({ selector: scope.selector, name })
    case 'server':
      return m.access_on_server({ name })
  }
}

const whyAllowed = { role: m.access_why_role, allow: m.access_why_allow } as const
const whyNot = {
  role: m.access_why_no_role,
  deny: m.access_why_deny,
  owner_only: m.access_why_owner,
  viewer: m.access_why_viewer,
  status: m.access_why_status,
  key: m.access_why_key,
} as const

/** Why something is allowed or not, in words; `grants` are the person's rules where they are known. */
export function reasonText({ allowed, by, grantId }: Explanation, grants: readonly Grant[] = []): string {
  if (by === 'grant') {
    const grant = grants.find(({ id }) => id === grantId)
    if (!grant) return allowed ? m.access_why_rule() : m.access_why_rule_deny()
    const scope = scopeText(grant)
    return allowed ? m.access_why_grant({ scope }) : m.access_why_grant_deny({ scope })
  }
  const words: Partial<Record<Explanation['by'], () => string>> = allowed ? whyAllowed : whyNot
  return words[by]?.() ?? m.access_why_other()
}
