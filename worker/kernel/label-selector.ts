import { AppError } from './errors.ts'

/** One condition on labels. `in` with one value is `key=value`; `notin` also holds where the key is missing. */
export interface LabelRequirement {
  key: string
  op: 'in' | 'notin' | 'exists' | 'absent'
  values: readonly string[]
}

export type Labels = Readonly<Record<string, string>>

const key = '(?:[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9](?:[-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?'
const value = '(?:[A-Za-z0-9](?:[-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?)?'
const absent = new RegExp(`^!\\s*(${key})$`)
const exists = new RegExp(`^(${key})$`)
const compared = new RegExp(`^(${key})\\s*(==|!=|=)\\s*(${value})$`)
const listed = new RegExp(`^(${key})\\s+(in|notin)\\s*\\(([^()]*)\\)$`)
const single = new RegExp(`^${value}$`)

/**
 * The label selectors of Kubernetes, as providers know them: `k=v`, `k!=v`, `k`, `!k`, `k in (a,b)`, `k notin (a,b)`,
 * joined by commas, which mean AND. An empty selector is refused: as a rule it would stand for everything.
 * @throws AppError `invalid_input`
 */
export function parseLabelSelector(text: string): LabelRequirement[] {
  // Commas within parentheses do not separate.
  return text.split(/,(?![^(]*\))/).map((term) => parseTerm(term.trim()))
}

function parseTerm(term: string): LabelRequirement {
  const missing = absent.exec(term)
  if (missing?.[1]) return { key: missing[1], op: 'absent', values: [] }
  const comparison = compared.exec(term)
  if (comparison?.[1]) {
    return { key: comparison[1], op: comparison[2] === '!=' ? 'notin' : 'in', values: [comparison[3] ?? ''] }
  }
  const list = listed.exec(term)
  if (list?.[1]) {
    const values = (list[3] ?? '').split(',').map((one) => one.trim())
    if (values.every((one) => single.test(one))) return { key: list[1], op: list[2] as 'in' | 'notin', values }
  }
  const present = exists.exec(term)
  if (present?.[1]) return { key: present[1], op: 'exists', values: [] }
  throw new AppError('invalid_input', {
    message: `“${term.slice(0, 80)}” is no condition on labels.`,
    hint: 'Write for example env=production, team in (web,data), !temporary.',
  })
}

export const matchesLabels = (requirements: readonly LabelRequirement[], labels: Labels): boolean =>
  requirements.every((requirement) => {
    const has = Object.hasOwn(labels, requirement.key)
    switch (requirement.op) {
      case 'exists':
        return has
      case 'absent':
        return !has
      case 'in':
        return has && requirement.values.includes(labels[requirement.key] ?? '')
      case 'notin':
        return !has || !requirement.values.includes(labels[requirement.key] ?? '')
    }
  })
