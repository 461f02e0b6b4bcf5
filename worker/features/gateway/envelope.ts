import { AppError, type ErrorCode } from '../../kernel/errors.ts'
import { describeError, type Logger } from '../../kernel/log.ts'

/** Hetzner's error envelope: `details` always, because its Python client needs it (FACTS §2). */
export interface HetznerError {
  error: { code: string; message: string; details: null | Record<string, unknown> }
}

interface Face {
  status: number
  code: string
  /** In the place of ours, which says who is at work: that is not for every key. */
  message?: string
}

const forbidden: Face = { status: 403, code: 'forbidden' }
const unavailable: Face = { status: 503, code: 'unavailable' }
const unauthorized: Face = { status: 401, code: 'unauthorized' }
const conflictless: Face = { status: 500, code: 'server_error' }

/**
 * Our refusals in Hetzner's codes, so that its clients act on them rightly. They repeat by themselves on `conflict`,
 * `rate_limit_exceeded`, `bad_gateway` and `timeout` (FACTS §3): an outcome that is not known must be none of these.
 */
const faces: Partial<Record<ErrorCode, Face>> = {
  unauthenticated: unauthorized,
  session_expired: unauthorized,
  api_key_invalid: unauthorized,
  api_key_expired: unauthorized,
  not_found: { status: 404, code: 'not_found' },
  provider_not_found: { status: 404, code: 'not_found' },
  method_not_allowed: { status: 405, code: 'method_not_allowed' },
  invalid_input: { status: 422, code: 'invalid_input' },
  malformed_body: { status: 400, code: 'json_error' },
  unsupported_media_type: { status: 400, code: 'json_error' },
  payload_too_large: { status: 422, code: 'invalid_input' },
  locked: { status: 423, code: 'locked', message: 'cannot perform operation because server is locked' },
  owner_locked: { status: 423, code: 'protected' },
  rate_limited: { status: 429, code: 'rate_limit_exceeded' },
  provider_rate_limited: { status: 429, code: 'rate_limit_exceeded' },
  conflict: { status: 409, code: 'conflict' },
  idempotency_in_progress: { status: 409, code: 'conflict' },
  idempotency_mismatch: { status: 422, code: 'invalid_input' },
  database_unavailable: unavailable,
  misconfigured: unavailable,
  account_paused: unavailable,
  provider_token_rejected: unavailable,
  provider_maintenance: unavailable,
  provider_unavailable: { status: 502, code: 'bad_gateway' },
  provider_unreachable: { status: 502, code: 'bad_gateway' },
  provider_timeout: { status: 504, code: 'timeout' },
  outcome_unknown: conflictless,
  internal: conflictless,
}

/** Any failure as its clients read it: the status and the envelope. Anything that is not told apart is refused. */
export function toEnvelope(error: unknown, log: Logger): { status: number; body: HetznerError } {
  const known = error instanceof AppError ? error : new AppError('internal', { detail: describeError(error) })
  const face = faces[known.code] ?? (known.status < 500 ? forbidden : unavailable)
  const line = { code: known.code, status: face.status, detail: known.detail ?? known.message }
  if (face.status >= 500) log.error('gateway.failed', line)
  else log.info('gateway.refused', line)
  const message = face.message ?? [messageOf(known), known.hint].filter(Boolean).join(' ')
  const fields = known.fields?.map(({ path, message: text }) => ({ name: path, messages: [text] }))
  return { status: face.status, body: { error: { code: face.code, message, details: fields ? { fields } : null } } }
}

/** Clients show the message alone, so it has to say which field, as the provider's own does. */
function messageOf({ code, message, fields }: AppError): string {
  if (code !== 'invalid_input' || !fields || fields.length === 0) return message
  const names = fields.map(({ path }) => `'${path}'`).join(', ')
  return `invalid input in field${fields.length === 1 ? '' : 's'} ${names}`
}
