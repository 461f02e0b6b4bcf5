import { hours, minutes, days } from '../../kernel/clock.ts'
import { ruleNames, type RuleSettings } from '../../kernel/protection.ts'
import type { Backoff, Burst } from '../../kernel/rate-limit.ts'

/** Failed sign-ins of one person in a row, and every further so many while nobody has reacted (G8). */
export const failedSignInLimit = 5

/** Only countries are known, so that this is the shortest time that is no proof of two people: no plane is quicker. */
export const travelMs = hours(1)

/** A second copied session within this time is no accident any more. */
export const reuseMs = days(30)

export const refusalBurst: Burst = { count: 20, withinMs: minutes(5), slotMs: 0 }
/** A minute in which anything was refused for the limit counts once, however much was. */
export const limitBurst: Burst = { count: 5, withinMs: minutes(15), slotMs: minutes(1) }
export const unprovenBurst: Burst = { count: 3, withinMs: minutes(15), slotMs: 0 }

/** What owners have been told is not told again within this time, unless it ended in a suspension. */
export const quietMs = minutes(15)
export const keepAlertsMs = days(365)

/** Guesses at one account by one way in: three, then 1 s, 2 s, 4 s … up to a quarter of an hour. */
export const accountBackoff: Backoff = { free: 3, firstMs: 1_000, maxMs: minutes(15), forgetMs: hours(1) }

const defaultRule = { on: true, reaction: 'suspend' } as const

/** G8 asks for suspension; owners soften what does not fit them. */
export const defaultRules = Object.fromEntries(ruleNames.map((name) => [name, defaultRule])) as RuleSettings

/** What was decided over what was not. A rule that came later is at its default. */
export const completeRules = (decided: Partial<RuleSettings>): RuleSettings => ({ ...defaultRules, ...decided })

export const isFailureLimit = (failures: number): boolean => failures > 0 && failures % failedSignInLimit === 0

export interface Sighting {
  country: string
  at: number
}

/**
 * Two countries, too far apart in time for one person to be in both. A country that the person confirmed is trusted on
 * arrival: a VPN, a border town. Where either country is unknown nothing is concluded.
 */
export function isImpossibleTravel(from: Sighting | null, to: Sighting, confirmed: readonly string[]): boolean {
  if (!from || from.country === to.country || confirmed.includes(to.country)) return false
  return to.at - from.at < travelMs
}

export type DestructiveVerdict = 'familiar' | 'tell' | 'refuse'

/** A destructive act from where a person is not at home needs a fresh proof, and owners are told either way. */
export function judgeDestructive(
  country: string | null,
  confirmed: readonly string[],
  fresh: boolean,
): DestructiveVerdict {
  if (country === null || confirmed.includes(country)) return 'familiar'
  return fresh ? 'tell' : 'refuse'
}

/** The first copied session may be a restored backup; the second is a thief. */
export const isRepeatedReuse = (endedFamilies: number): boolean => endedFamilies >= 2
