import type { components } from '#lib/api/schema.d.ts'

type UserDetail = components['schemas']['UserDetail']
type Override = UserDetail['permissions'][number]
export type Effective = UserDetail['effective'][number]

/** Whether somebody may for everything; what a rule gives for some things is not that. */
export const hadForAll = (one: Effective): boolean => one.allowed && !(one.by === 'grant' && one.limited)

/**
 * A person's overrides with some permissions switched on or off. The others stay as they are: what a rule gives for
 * some things must not become an override for everything by saving something else.
 */
export function overridesAfter(
  { permissions, effective }: Pick<UserDetail, 'permissions' | 'effective'>,
  wanted: Readonly<Record<string, boolean>>,
): Override[] {
  const kept = permissions.filter((override) => wanted[override.slice(1)] === undefined)
  const added = effective.flatMap((one): Override[] => {
    const now = wanted[one.permission]
    if (now === undefined || one.by === 'owner_only') return []
    if (now) return one.byRole ? [] : [`+${one.permission}`]
    // Only taking it beats a rule that gives it.
    return one.byRole || one.by === 'grant' ? [`-${one.permission}`] : []
  })
  return [...kept, ...added]
}

/** The same with everything that was had for long and not used taken back, for some things too. */
export function overridesWithoutUnused(user: Pick<UserDetail, 'permissions' | 'effective'>): Override[] {
  const unused = user.effective.filter(({ unused: is }) => is)
  const rest = user.permissions.filter((override) => !unused.some(({ permission }) => permission === override.slice(1)))
  const taken = unused.filter(({ byRole, by, limited }) => byRole || by === 'grant' || limited)
  return [...rest, ...taken.map(({ permission }): Override => `-${permission}`)]
}
