import type { components } from '#lib/api/schema.d.ts'
import { formatNumber } from '#lib/format/number.ts'
import { m } from '#lib/paraglide/messages.js'
import { countryName } from '#lib/settings/country.ts'
import type { StatusTone } from '#lib/ui/index.ts'

export type Alert = components['schemas']['Alert']

const kinds = {
  failed_sign_ins: m.protection_kind_failed_sign_ins,
  impossible_travel: m.protection_kind_impossible_travel,
  refresh_reuse: m.protection_kind_refresh_reuse,
  refusals: m.protection_kind_refusals,
  new_country: m.protection_kind_new_country,
  rate_limits: m.protection_kind_rate_limits,
  owner_address: m.protection_kind_owner_address,
  outside_change: m.protection_kind_outside_change,
} satisfies Record<Alert['kind'], () => string>

const outcomes = {
  suspended: m.protection_outcome_suspended,
  alerted: m.protection_outcome_alerted,
  last_owner: m.protection_outcome_last_owner,
  refused: m.protection_outcome_refused,
} satisfies Record<Alert['outcome'], () => string>

export const severityFaces = {
  info: { tone: 'off', label: m.protection_severity_info },
  warning: { tone: 'outside', label: m.protection_severity_warning },
  critical: { tone: 'bad', label: m.protection_severity_critical },
} satisfies Record<Alert['severity'], { tone: StatusTone; label: () => string }>

/** What a rule is called; one this version does not know yet, as it is called in the API. */
export const kindText = (kind: string): string => (kinds as Record<string, () => string>)[kind]?.() ?? kind

const number = (value: unknown) => formatNumber(typeof value === 'number' ? value : 0)
const text = (value: unknown) => (typeof value === 'string' ? value : '–')
const country = (value: unknown) => countryName(typeof value === 'string' ? value : null) ?? '–'

/** What happened, in one sentence. */
export function factText({ kind, facts }: Alert): string {
  switch (kind) {
    case 'failed_sign_ins':
      return m.protection_fact_failed_sign_ins({ count: number(facts['failures']) })
    case 'impossible_travel':
      return m.protection_fact_impossible_travel({
        from: country(facts['from']),
        to: country(facts['to']),
        minutes: number(facts['minutes']),
      })
    case 'refresh_reuse':
      return m.protection_fact_refresh_reuse({ count: number(facts['times']) })
    case 'refusals':
      return m.protection_fact_refusals({ count: number(facts['count']) })
    case 'new_country':
      return m.protection_fact_new_country({ country: country(facts['country']) })
    case 'rate_limits':
      return m.protection_fact_rate_limits()
    case 'owner_address':
      return m.protection_fact_owner_address()
    case 'outside_change':
      return m.protection_fact_outside_change({
        project: text(facts['account']),
        target: text(facts['target']),
        command: text(facts['command']),
        count: number(facts['count']),
      })
  }
}

/** What was done about it, and the next step. */
export const nextText = ({ kind, outcome }: Alert): string =>
  kind === 'outside_change' ? m.protection_next_outside_change() : outcomes[outcome]()
