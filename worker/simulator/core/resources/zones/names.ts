const LABEL = '[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?'
const ZONE = new RegExp(`^(?=.{1,253}$)(?:${LABEL}\\.)+${LABEL}$`)
/** Suffixes of two parts, below which names are registered; the last part alone is one everywhere else. */
const TWO_PARTS = /(?:^|\.)(?:ac|co|com|edu|gov|gv|ne|net|nom|or|org|sch)\.[a-z]{2}$/
const OWNER_LABEL = '[a-z0-9_](?:[-a-z0-9_]{0,61}[a-z0-9_])?'
const OWNER = new RegExp(`^(?:@|\\*|(?:\\*\\.)?${OWNER_LABEL}(?:\\.${OWNER_LABEL})*)$`)

/** Why a zone cannot have the name, or null. */
export function zoneNameProblem(name: string): string | null {
  if (!ZONE.test(name)) return 'must be a domain name in lower case without a dot at its end'
  const parts = name.split('.').length
  const suffix = TWO_PARTS.test(name) ? 2 : 1
  if (parts === suffix) return 'is a public suffix'
  return parts === suffix + 1 ? null : 'subdomains are not supported'
}

/** Why an RRSet of the zone cannot have the name, or null. */
export function rrsetNameProblem(name: string, zone: string): string | null {
  if (!OWNER.test(name)) return 'must be a name in lower case without a dot at its end, or @'
  if (name === zone || name.endsWith(`.${zone}`)) return 'must not end with the name of the zone'
  return name.length + zone.length + 1 > 253 ? 'is too long' : null
}
