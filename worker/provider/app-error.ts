import { AppError, type ErrorCode } from '../kernel/errors.ts'
import type { ProviderError, ProviderErrorKind } from './provider.ts'

const codes: Record<ProviderErrorKind, ErrorCode> = {
  token_rejected: 'provider_token_rejected',
  token_read_only: 'provider_token_read_only',
  forbidden: 'provider_forbidden',
  not_found: 'provider_not_found',
  conflict: 'provider_conflict',
  locked: 'provider_locked',
  protected: 'provider_protected',
  rejected: 'provider_rejected',
  capacity: 'provider_capacity',
  quota: 'provider_quota',
  rate_limited: 'provider_rate_limited',
  maintenance: 'provider_maintenance',
  unavailable: 'provider_unavailable',
  unreachable: 'provider_unreachable',
  timeout: 'provider_timeout',
  malformed: 'provider_malformed',
  budget_exhausted: 'provider_rate_limited',
}

/**
 * What a failed provider call means to the person who asked. A write that may have arrived is `outcome_unknown`,
 * whatever ended it (DESIGN §4). What the provider said stays in `detail`, for the log only (P7.1).
 */
export function toAppError(error: ProviderError): AppError {
  const { method, path, status, providerCode, correlationId, detail, maybeSent } = error.facts
  const technical = [error.kind, `${method} ${path}`, status, providerCode, correlationId, detail]
  return new AppError(maybeSent ? 'outcome_unknown' : codes[error.kind], {
    detail: technical.filter((part) => part !== null && part !== '').join(' · '),
    cause: error,
  })
}
