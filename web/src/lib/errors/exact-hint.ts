import { formatDuration } from '#lib/format/duration.ts'
import { m } from '#lib/paraglide/messages.js'
import type { ApiError } from './api-error.ts'

/** The API's hints that say no more than the table's, in whatever language. */
const asInTheTable: ReadonlySet<string> = new Set([
  'Wait until it is done; this page follows it.',
  'Try again, or use a recovery code.',
  'Sign in instead.',
  'Ask whoever runs this instance for a new one.',
  'An owner can unlock it on its page.',
  'Make somebody else an owner first. Nothing was changed.',
  'Nothing was changed.',
  // Told to tools only, through the gateway.
  'Give the labels it is for, or none.',
  'Keep the labels that the key is for.',
  'Make a new one in the dashboard.',
  'Its owner can change from where it works.',
  'Work from an address on the list of the owners, or ask whoever deployed this to clear the list.',
])

/** Those that say more, with what takes their place. A variable part is the first group. */
const moreExact: readonly (readonly [RegExp, (part: string) => string])[] = [
  [/^This needs (\S+)\. Ask an owner\.$/, (permission) => m.error_exact_permission({ permission })],
  [/^Open (\S+) and start again\.$/, (address) => m.error_exact_open_at({ address })],
  [/^Start again\.$/, m.error_exact_start_again],
  [/^Add another one, then remove this one\.$/, m.error_exact_last_passkey],
  [/^Connect that project on its own, or paste a token of this one\.$/, m.error_exact_other_project],
  [/^Copy the whole token again, or create a new one at the provider\.$/, m.error_exact_whole_token],
  [/^Each token can be connected once\.$/, m.error_exact_token_once],
  [/^Restore the master key it was sealed with, or replace the token\.$/, m.error_exact_master_key],
  [/^Ask an owner to allow them\.$/, m.error_exact_passwords_off],
  [
    /^Restore the master key it was sealed with, or set the authenticator up again\.$/,
    m.error_exact_master_key_authenticator,
  ],
  [/^The activity log says what became of it\.$/, m.error_exact_in_activity],
  [/^Reload the page before you try again\.$/, m.error_exact_reload_first],
  [/^Sign in to the dashboard\.$/, m.error_exact_dashboard],
  [/^Ask whoever invited you for a new link\.$/, m.error_exact_inviter],
  [/^You work from a country that you have not confirmed\.$/, m.error_exact_new_country],
  [/^They can sign in\.$/, m.error_exact_has_access],
  [/^Reactivate them instead\.$/, m.error_exact_reactivate],
  [/^It may have been accepted already\.$/, m.error_exact_no_invitation],
  [/^You can deactivate yourself\.$/, m.error_exact_yourself],
  [/^Change the role first\.$/, m.error_exact_role_first],
  [/^Write for example env=production, team in \(web,data\), !temporary\.$/, m.error_exact_labels],
  [/^Remove one first\.$/, m.error_exact_remove_one],
  [/^Revoke one first\.$/, m.error_exact_revoke_one],
  [/^Make a new one\.$/, m.error_exact_new_key],
  [/^What you may do depends on them\. Ask an owner\.$/, m.error_exact_depends],
]

/**
 * What to do next, where the API knows it better than its code does, in the person's language; nothing where the table
 * says as much. `unknown`: a hint of a later API that there are no words for yet.
 */
export function exactHint({ code, hint = '', meta }: ApiError): { text?: string; unknown?: string } {
  if (code === 'rate_limited' && typeof meta['retryAfterS'] === 'number') {
    return { text: m.error_exact_wait({ time: formatDuration(meta['retryAfterS'] * 1_000) }) }
  }
  if (code === 'forbidden' && typeof meta['permission'] === 'string') {
    return { text: m.error_exact_permission({ permission: meta['permission'] }) }
  }
  for (const [pattern, words] of moreExact) {
    const found = pattern.exec(hint)
    if (found) return { text: words(found[1] ?? '') }
  }
  return hint === '' || asInTheTable.has(hint) ? {} : { unknown: hint }
}
