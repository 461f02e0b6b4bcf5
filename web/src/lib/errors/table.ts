import { m } from '#lib/paraglide/messages.js'

/** How loud an error is. `info`: nothing went wrong, something is asked. `offline`: only the way is broken. */
export type Severity = 'info' | 'warn' | 'bad' | 'offline'

export type ErrorEntry = { severity: Severity; message: () => string; hint: () => string }

/** The one table: code of the API, or of this client, to how loud, what happened, and what to do next. */
export const errorTable = {
  invalid_input: { severity: 'warn', message: m.error_invalid_input, hint: m.error_invalid_input_hint },
  malformed_body: { severity: 'bad', message: m.error_malformed_body, hint: m.error_malformed_body_hint },
  unauthenticated: { severity: 'warn', message: m.error_unauthenticated, hint: m.error_unauthenticated_hint },
  session_expired: { severity: 'warn', message: m.error_session_expired, hint: m.error_session_expired_hint },
  sign_in_failed: { severity: 'warn', message: m.error_sign_in_failed, hint: m.error_sign_in_failed_hint },
  session_reuse: { severity: 'bad', message: m.error_session_reuse, hint: m.error_session_reuse_hint },
  forbidden: { severity: 'warn', message: m.error_forbidden, hint: m.error_forbidden_hint },
  account_not_active: { severity: 'bad', message: m.error_account_not_active, hint: m.error_account_not_active_hint },
  origin_refused: { severity: 'bad', message: m.error_origin_refused, hint: m.error_origin_refused_hint },
  api_key_invalid: { severity: 'warn', message: m.error_api_key_invalid, hint: m.error_api_key_invalid_hint },
  api_key_expired: { severity: 'warn', message: m.error_api_key_expired, hint: m.error_api_key_expired_hint },
  ip_not_allowed: { severity: 'bad', message: m.error_ip_not_allowed, hint: m.error_ip_not_allowed_hint },
  approval_required: { severity: 'warn', message: m.error_approval_required, hint: m.error_approval_required_hint },
  step_up_required: { severity: 'info', message: m.error_step_up_required, hint: m.error_step_up_required_hint },
  link_invalid: { severity: 'warn', message: m.error_link_invalid, hint: m.error_link_invalid_hint },
  not_found: { severity: 'warn', message: m.error_not_found, hint: m.error_not_found_hint },
  method_not_allowed: { severity: 'bad', message: m.error_method_not_allowed, hint: m.error_method_not_allowed_hint },
  conflict: { severity: 'warn', message: m.error_conflict, hint: m.error_conflict_hint },
  locked: { severity: 'warn', message: m.error_locked, hint: m.error_locked_hint },
  already_claimed: { severity: 'warn', message: m.error_already_claimed, hint: m.error_already_claimed_hint },
  user_banned: { severity: 'warn', message: m.error_user_banned, hint: m.error_user_banned_hint },
  last_owner: { severity: 'warn', message: m.error_last_owner, hint: m.error_last_owner_hint },
  owner_locked: { severity: 'warn', message: m.error_owner_locked, hint: m.error_owner_locked_hint },
  user_state: { severity: 'warn', message: m.error_user_state, hint: m.error_user_state_hint },
  already_exists: { severity: 'warn', message: m.error_already_exists, hint: m.error_already_exists_hint },
  wrong_state: { severity: 'warn', message: m.error_wrong_state, hint: m.error_wrong_state_hint },
  idempotency_in_progress: {
    severity: 'info',
    message: m.error_idempotency_in_progress,
    hint: m.error_idempotency_in_progress_hint,
  },
  link_expired: { severity: 'warn', message: m.error_link_expired, hint: m.error_link_expired_hint },
  payload_too_large: { severity: 'warn', message: m.error_payload_too_large, hint: m.error_payload_too_large_hint },
  unsupported_media_type: {
    severity: 'bad',
    message: m.error_unsupported_media_type,
    hint: m.error_unsupported_media_type_hint,
  },
  idempotency_mismatch: {
    severity: 'bad',
    message: m.error_idempotency_mismatch,
    hint: m.error_idempotency_mismatch_hint,
  },
  rate_limited: { severity: 'warn', message: m.error_rate_limited, hint: m.error_rate_limited_hint },
  internal: { severity: 'bad', message: m.error_internal, hint: m.error_internal_hint },
  database_unavailable: {
    severity: 'bad',
    message: m.error_database_unavailable,
    hint: m.error_database_unavailable_hint,
  },
  misconfigured: { severity: 'bad', message: m.error_misconfigured, hint: m.error_misconfigured_hint },
  account_paused: { severity: 'warn', message: m.error_account_paused, hint: m.error_account_paused_hint },
  new_token_rejected: { severity: 'warn', message: m.error_new_token_rejected, hint: m.error_new_token_rejected_hint },
  provider_token_rejected: {
    severity: 'bad',
    message: m.error_provider_token_rejected,
    hint: m.error_provider_token_rejected_hint,
  },
  provider_token_read_only: {
    severity: 'warn',
    message: m.error_provider_token_read_only,
    hint: m.error_provider_token_read_only_hint,
  },
  provider_forbidden: { severity: 'warn', message: m.error_provider_forbidden, hint: m.error_provider_forbidden_hint },
  provider_not_found: { severity: 'warn', message: m.error_provider_not_found, hint: m.error_provider_not_found_hint },
  provider_conflict: { severity: 'warn', message: m.error_provider_conflict, hint: m.error_provider_conflict_hint },
  provider_locked: { severity: 'warn', message: m.error_provider_locked, hint: m.error_provider_locked_hint },
  provider_protected: { severity: 'warn', message: m.error_provider_protected, hint: m.error_provider_protected_hint },
  provider_rejected: { severity: 'warn', message: m.error_provider_rejected, hint: m.error_provider_rejected_hint },
  provider_capacity: { severity: 'warn', message: m.error_provider_capacity, hint: m.error_provider_capacity_hint },
  provider_quota: { severity: 'warn', message: m.error_provider_quota, hint: m.error_provider_quota_hint },
  provider_rate_limited: {
    severity: 'warn',
    message: m.error_provider_rate_limited,
    hint: m.error_provider_rate_limited_hint,
  },
  provider_maintenance: {
    severity: 'warn',
    message: m.error_provider_maintenance,
    hint: m.error_provider_maintenance_hint,
  },
  provider_unavailable: {
    severity: 'bad',
    message: m.error_provider_unavailable,
    hint: m.error_provider_unavailable_hint,
  },
  provider_unreachable: {
    severity: 'bad',
    message: m.error_provider_unreachable,
    hint: m.error_provider_unreachable_hint,
  },
  provider_timeout: { severity: 'bad', message: m.error_provider_timeout, hint: m.error_provider_timeout_hint },
  provider_malformed: { severity: 'bad', message: m.error_provider_malformed, hint: m.error_provider_malformed_hint },
  outcome_unknown: { severity: 'warn', message: m.error_outcome_unknown, hint: m.error_outcome_unknown_hint },
  network_down: { severity: 'offline', message: m.error_network_down, hint: m.error_network_down_hint },
  aborted: { severity: 'info', message: m.error_aborted, hint: m.error_aborted_hint },
  unreadable_answer: { severity: 'bad', message: m.error_unreadable_answer, hint: m.error_unreadable_answer_hint },
  provider_action_failed: {
    severity: 'bad',
    message: m.error_provider_action_failed,
    hint: m.error_provider_action_failed_hint,
  },
  not_carried_out: { severity: 'warn', message: m.error_not_carried_out, hint: m.error_not_carried_out_hint },
  shutdown_timeout: { severity: 'warn', message: m.error_shutdown_timeout, hint: m.error_shutdown_timeout_hint },
} as const satisfies Record<string, ErrorEntry>

export type KnownErrorCode = keyof typeof errorTable

/** What is said about a code this version does not know. */
export const unknownError: ErrorEntry = {
  severity: 'bad',
  message: m.error_unknown,
  hint: m.error_unknown_hint,
}
