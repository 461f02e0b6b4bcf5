import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  startAuthentication,
  startRegistration,
  WebAuthnAbortService,
  WebAuthnError,
} from '@simplewebauthn/browser'
import type { components } from '#lib/api/schema.d.ts'
import { m } from '#lib/paraglide/messages.js'

type Registration = components['schemas']['RegistrationResponse']
type Assertion = components['schemas']['AssertionResponse']
type Options = Record<string, unknown>

/** Why a passkey prompt ended without a passkey, in words; nothing was changed. `cancelled` needs no message at all. */
export class PasskeyError extends Error {
  readonly cancelled: boolean
  constructor(message: string, cancelled = false) {
    super(message)
    this.name = 'PasskeyError'
    this.cancelled = cancelled
  }
}

export const passkeysSupported = (): boolean => browserSupportsWebAuthn()
export const passkeyAutofillSupported = (): Promise<boolean> => browserSupportsWebAuthnAutofill()
export const cancelPasskeyPrompt = (): void => WebAuthnAbortService.cancelCeremony()

/** @throws PasskeyError */
export async function createPasskey(options: Options): Promise<Registration> {
  try {
    return (await startRegistration({ optionsJSON: options as never })) as unknown as Registration
  } catch (error) {
    throw explain(error)
  }
}

/** @throws PasskeyError */
export async function usePasskey(options: Options, autofill = false): Promise<Assertion> {
  try {
    const answer = await startAuthentication({ optionsJSON: options as never, useBrowserAutofill: autofill })
    return answer as unknown as Assertion
  } catch (error) {
    throw explain(error)
  }
}

function explain(error: unknown): PasskeyError {
  const name = error instanceof Error ? error.name : ''
  const code = error instanceof WebAuthnError ? error.code : ''
  if (code === 'ERROR_CEREMONY_ABORTED' || name === 'AbortError')
    return new PasskeyError(m.auth_passkey_cancelled(), true)
  if (name === 'NotAllowedError') return new PasskeyError(m.auth_passkey_not_allowed())
  if (code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED' || name === 'InvalidStateError') {
    return new PasskeyError(m.auth_passkey_known())
  }
  if (code.includes('USER_VERIFICATION') || code.includes('DISCOVERABLE')) {
    return new PasskeyError(m.auth_passkey_unsuitable())
  }
  return new PasskeyError(m.auth_passkey_failed())
}
