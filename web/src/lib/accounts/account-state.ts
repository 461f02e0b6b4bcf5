import type { components } from '#lib/api/schema.d.ts'
import { m } from '#lib/paraglide/messages.js'
import type { StatusTone } from '#lib/ui/status-badge.svelte'

export type Account = components['schemas']['Account']

/** What a person can do about the state of a project. */
export type Remedy = 'none' | 'sync' | 'replace-token' | 'resume' | 'wait'

export interface AccountFace {
  tone: StatusTone
  label: string
  /** What it means and what to do, where there is something to say. */
  text: string | null
  remedy: Remedy
}

/** Each state of a project has its own face and its own remedy (P7.2). */
export function faceOf(account: Pick<Account, 'paused' | 'state' | 'access'>): AccountFace {
  if (account.paused) {
    return { tone: 'off', label: m.accounts_state_paused(), text: m.accounts_text_paused(), remedy: 'resume' }
  }
  switch (account.state) {
    case 'ok':
      return account.access === 'read_only'
        ? {
            tone: 'ok',
            label: m.accounts_state_read_only(),
            text: m.accounts_text_read_only(),
            remedy: 'replace-token',
          }
        : { tone: 'ok', label: m.accounts_state_ok(), text: null, remedy: 'none' }
    case 'pending':
      return { tone: 'busy', label: m.accounts_state_pending(), text: m.accounts_text_pending(), remedy: 'sync' }
    case 'revoked':
      return {
        tone: 'bad',
        label: m.accounts_state_revoked(),
        text: m.accounts_text_revoked(),
        remedy: 'replace-token',
      }
    case 'rate_limited':
      return {
        tone: 'busy',
        label: m.accounts_state_rate_limited(),
        text: m.accounts_text_rate_limited(),
        remedy: 'wait',
      }
    case 'unreachable':
      return { tone: 'bad', label: m.accounts_state_unreachable(), text: m.accounts_text_unreachable(), remedy: 'sync' }
    case 'outage':
      return { tone: 'bad', label: m.accounts_state_outage(), text: m.accounts_text_outage(), remedy: 'sync' }
    case 'partial':
      return { tone: 'busy', label: m.accounts_state_partial(), text: m.accounts_text_partial(), remedy: 'sync' }
  }
}
