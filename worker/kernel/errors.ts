/**
 * The closed list of everything that can be refused or fail (P7.1). The dashboard's one error table
 * and the API reference are keyed by it; a code is never reused for another meaning.
 */
export const errorCodes = {
  invalid_input: { status: 400, message: 'Some of the input is not valid.' },
  malformed_body: { status: 400, message: 'The request body could not be read.' },
  unauthenticated: { status: 401, message: 'Sign in to continue.' },
  session_expired: { status: 401, message: 'Your session has ended. Sign in again; nothing was changed.' },
  sign_in_failed: { status: 401, message: 'Sign-in failed.' },
  session_reuse: { status: 401, message: 'This session was used twice from different places and has been ended.' },
  api_key_invalid: { status: 401, message: 'This API key is not valid or was revoked.' },
  api_key_expired: { status: 401, message: 'This API key has expired.' },
  forbidden: { status: 403, message: 'You are not allowed to do this.' },
  account_not_active: { status: 403, message: 'Account not active. Access denied.' },
  origin_refused: { status: 403, message: 'The request came from another site and was refused.' },
  ip_not_allowed: { status: 403, message: 'This is not allowed from your address.' },
  approval_required: { status: 403, message: 'The owner of this API key has to approve this.' },
  step_up_required: { status: 403, message: 'Confirm with your passkey to continue.' },
  link_invalid: { status: 403, message: 'This link is not valid or was already used.' },
  not_found: { status: 404, message: 'Not found.' },
  method_not_allowed: { status: 405, message: 'This method is not supported here.' },
  conflict: { status: 409, message: 'This changed in the meantime. Reload and try again.' },
  locked: { status: 409, message: 'Another operation is running on this server.' },
  owner_locked: { status: 409, message: 'An owner has locked this server.' },
  already_claimed: { status: 409, message: 'This instance already has an owner.' },
  user_banned: { status: 409, message: 'This person is banned. A ban is final.' },
  last_owner: { status: 409, message: 'This is the last active owner; there must always be one.' },
  user_state: { status: 409, message: 'The status of this person does not allow this.' },
  already_exists: { status: 409, message: 'This already exists.' },
  wrong_state: { status: 409, message: 'The server is not in a state that allows this.' },
  idempotency_in_progress: { status: 409, message: 'The same request is still running.' },
  link_expired: { status: 410, message: 'This link has expired.' },
  payload_too_large: { status: 413, message: 'The request is too large.' },
  unsupported_media_type: { status: 415, message: 'Send JSON (Content-Type: application/json).' },
  idempotency_mismatch: { status: 422, message: 'This Idempotency-Key was used with another request.' },
  new_token_rejected: { status: 422, message: 'The provider does not accept this token.' },
  rate_limited: { status: 429, message: 'Too many requests. Wait a moment and try again.' },
  internal: { status: 500, message: 'Something went wrong on our side.' },
  database_unavailable: { status: 503, message: 'The database did not answer. Nothing was changed; try again.' },
  misconfigured: { status: 503, message: 'This instance is not configured completely.' },
  account_paused: { status: 409, message: 'This project is paused. Resume it first.' },
  provider_token_rejected: { status: 502, message: 'The provider rejects the token of this project. Replace it.' },
  provider_token_read_only: {
    status: 502,
    message: 'The token of this project can only read. Replace it to make changes.',
  },
  provider_forbidden: { status: 502, message: 'The provider does not allow this.' },
  provider_not_found: { status: 404, message: 'This no longer exists at the provider.' },
  provider_conflict: { status: 409, message: 'The provider reports a conflicting change. Try again.' },
  provider_locked: { status: 409, message: 'The provider is still working on this server.' },
  provider_protected: { status: 409, message: 'This is protected at the provider.' },
  provider_rejected: { status: 422, message: 'The provider refused the request.' },
  provider_capacity: { status: 409, message: 'The provider has no capacity for this right now.' },
  provider_quota: { status: 409, message: 'A limit of your provider account is reached.' },
  provider_rate_limited: { status: 503, message: 'The provider limits our requests. Try again shortly.' },
  provider_maintenance: { status: 503, message: 'The provider is in maintenance.' },
  provider_unavailable: { status: 502, message: 'The provider has a problem. Try again.' },
  provider_unreachable: { status: 502, message: 'The provider could not be reached. Try again.' },
  provider_timeout: { status: 504, message: 'The provider did not answer in time.' },
  provider_malformed: { status: 502, message: 'The provider sent an answer we could not read.' },
  provider_action_failed: { status: 502, message: 'The provider could not carry this out.' },
  not_carried_out: { status: 502, message: 'The provider did not receive this. Nothing was changed; try again.' },
  shutdown_timeout: {
    status: 504,
    message: 'The system did not shut down in time. Power it off if it does not react any more.',
  },
  outcome_unknown: {
    status: 504,
    message: 'The answer was lost on the way. We are finding out what happened; do not repeat it yet.',
  },
} as const satisfies Record<string, { status: number; message: string }>

export type ErrorCode = keyof typeof errorCodes

/** One refused field: a JSON path (`tags.0`) and what is wrong with it. */
export interface FieldError {
  path: string
  message: string
}

export interface AppErrorOptions {
  /** Shown to the person; defaults to the code's sentence. Never a secret, never another person's data. */
  message?: string | undefined
  /** What to do next, one sentence. */
  hint?: string | undefined
  /** For the log only. */
  detail?: string | undefined
  fields?: FieldError[] | undefined
  /** Extra public facts a client may act on (holder of a lock, seconds to wait). */
  meta?: Record<string, string | number | boolean | null> | undefined
  cause?: unknown
}

/** The one error that may cross a layer. `message` is public; `detail` and `cause` stay in the log. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly hint: string | undefined
  readonly detail: string | undefined
  readonly fields: FieldError[] | undefined
  readonly meta: Record<string, string | number | boolean | null> | undefined

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(options.message ?? errorCodes[code].message, { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.hint = options.hint
    this.detail = options.detail
    this.fields = options.fields
    this.meta = options.meta
  }

  get status(): number {
    return errorCodes[this.code].status
  }
}

/** Not found and not yours give the same answer (DESIGN §6). */
export const notFound = (entity: string): AppError => new AppError('not_found', { message: `${entity} not found.` })
