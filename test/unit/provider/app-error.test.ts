import { describe, expect, it } from 'vitest'
import { toAppError } from '../../../worker/provider/app-error.ts'
import { ProviderError, providerErrorKinds, type ProviderErrorFacts } from '../../../worker/provider/provider.ts'

const facts = (overrides: Partial<ProviderErrorFacts> = {}): ProviderErrorFacts => ({
  method: 'POST',
  path: '/servers/1/actions/poweron',
  status: 409,
  providerCode: 'conflict',
  correlationId: 'abc',
  detail: 'words of the provider',
  maybeSent: false,
  ...overrides,
})

describe('a provider error as a person meets it', () => {
  it.each(providerErrorKinds.filter((kind) => kind !== 'budget_exhausted'))('%s keeps its name', (kind) => {
    expect(toAppError(new ProviderError(kind, facts())).code).toBe(`provider_${kind}`)
  })

  it('calls our own used-up budget what it is to a person: limited requests', () => {
    expect(toAppError(new ProviderError('budget_exhausted', facts())).code).toBe('provider_rate_limited')
  })

  it.each(providerErrorKinds)('%s on a write that may have arrived is an unknown outcome', (kind) => {
    expect(toAppError(new ProviderError(kind, facts({ maybeSent: true }))).code).toBe('outcome_unknown')
  })

  it('keeps the provider’s words for the log', () => {
    const error = toAppError(new ProviderError('conflict', facts()))
    expect(error.detail).toContain('words of the provider')
    expect(error.message + JSON.stringify(error.meta ?? {}) + (error.hint ?? '')).not.toContain('words of the provider')
  })
})
