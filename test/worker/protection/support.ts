import type { Finding } from '../../../worker/features/protection/alert.ts'
import { ruleNames, type Reaction, type RuleName, type RuleSettings } from '../../../worker/kernel/protection.ts'
import { execute, queryAll, queryFirst } from '../../support/database.ts'
import type { TestSession } from '../../support/session.ts'

const rules = Object.fromEntries(ruleNames.map((name) => [name, { on: true, reaction: 'suspend' }])) as RuleSettings

/** What an owner would send who leaves everything as it is at first. */
export const protectionBody = { rules, ownerAllowlist: [] as string[], tellOutside: false, version: 1 }

/** As an owner would have decided, without the page. */
export async function decide(changes: Partial<RuleSettings>): Promise<void> {
  await execute('UPDATE protection_settings SET rules = ? WHERE id = 1', JSON.stringify({ ...rules, ...changes }))
}
export const switchOffRules = (...names: RuleName[]) =>
  decide(Object.fromEntries(names.map((name) => [name, { on: false, reaction: 'suspend' }])))
export const react = (name: RuleName, reaction: Reaction) => decide({ [name]: { on: true, reaction } })

export interface AlertRecord {
  kind: Finding['kind']
  severity: string
  user_id: string
  ip: string
  facts: string
  operation_id: string
}

export const alertsOf = ({ me }: Pick<TestSession, 'me'>) =>
  queryAll<AlertRecord>('SELECT * FROM alerts WHERE user_id = ? ORDER BY at, id', me.id)

export const statusOf = async ({ me }: Pick<TestSession, 'me'>) =>
  queryFirst<{ status: string; status_reason: string; status_changed_by: string; failed_login_attempts: number }>(
    'SELECT status, status_reason, status_changed_by, failed_login_attempts FROM users WHERE id = ?',
    me.id,
  )

/** Until something that goes on after the answer has come true; the test's time-out ends a wait in vain. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resume) => setTimeout(resume, 5))
}
