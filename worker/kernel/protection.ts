/** The rules that watch (G8), each with the sentence that states it. Pure decisions: features/protection/rules.ts. */
export const protectionRules = {
  failed_sign_ins: 'Five failed sign-ins of one person in a row',
  impossible_travel: 'Two countries within an hour, in one session or in two sign-ins',
  refresh_reuse: 'A used session token is presented again, for the second time within 30 days',
  refusals: 'Twenty refused requests of one person within five minutes',
  new_country: 'A destructive act from a country the person has not confirmed, three times without a fresh proof',
  rate_limits: 'The request limit is reached in five different minutes within fifteen',
} as const
export type RuleName = keyof typeof protectionRules
export const ruleNames = Object.keys(protectionRules) as [RuleName, ...RuleName[]]

export const reactions = ['alert', 'suspend'] as const
export type Reaction = (typeof reactions)[number]

export interface RuleSetting {
  on: boolean
  reaction: Reaction
}
export type RuleSettings = Record<RuleName, RuleSetting>

/**
 * What an owner can be told: a rule that struck, an owner's request from outside the allowlist, or what somebody did at
 * the provider itself.
 */
export const alertKinds = [...ruleNames, 'owner_address', 'outside_change'] as const
export type AlertKind = (typeof alertKinds)[number]

export const alertSeverities = ['info', 'warning', 'critical'] as const
export type AlertSeverity = (typeof alertSeverities)[number]
