import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { Config } from '../../../env.ts'
import { fromBase64Url, toBase64Url } from '../../../kernel/crypto.ts'
import type { AssertionResponse, RegistrationResponse } from './schemas.ts'

const name = 'WebNova'
/** EdDSA, ES256, RS256 (COSE numbers): what workerd verifies and every authenticator offers one of. */
const algorithms = [-8, -7, -257]
const timeoutMs = 120_000

const rpId = (config: Config): string => new URL(config.publicOrigin).hostname

export interface StoredCredential {
  id: string
  transports: string[]
}

export interface NewCredential {
  id: string
  publicKey: string
  signCount: number
  transports: string[]
  deviceType: string
  backedUp: boolean
}

/** Field by field: the library hands on whatever else a row holds. */
const toDescriptor = ({ id, transports }: StoredCredential) => ({ id, transports })

const encodeUserHandle = (userId: string) => Uint8Array.from(new TextEncoder().encode(userId))

/** Discoverable and verified by PIN or biometrics, always: the passkey alone signs in (DESIGN §5). */
export function registrationOptions(
  config: Config,
  user: { id: string; name: string; email: string },
  existing: readonly StoredCredential[],
) {
  return generateRegistrationOptions({
    rpName: name,
    rpID: rpId(config),
    userID: encodeUserHandle(user.id),
    userName: user.email,
    userDisplayName: user.name,
    timeout: timeoutMs,
    attestationType: 'none',
    excludeCredentials: existing.map(toDescriptor),
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    supportedAlgorithmIDs: algorithms,
  })
}

/** Without `allowed` the browser offers whatever passkey it has for us (conditional UI). */
export function assertionOptions(config: Config, allowed?: readonly StoredCredential[]) {
  return generateAuthenticationOptions({
    rpID: rpId(config),
    timeout: timeoutMs,
    userVerification: 'required',
    ...(allowed ? { allowCredentials: allowed.map(toDescriptor) } : {}),
  })
}

export type Verified<T> = { ok: true; value: T } | { ok: false; detail: string }

/** Never throws: what is wrong with a response is for the log, the person is told only that it failed. */
export async function verifyRegistration(
  config: Config,
  challenge: string,
  response: RegistrationResponse,
): Promise<Verified<NewCredential>> {
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: response as Parameters<typeof verifyRegistrationResponse>[0]['response'],
      expectedChallenge: challenge,
      expectedOrigin: config.publicOrigin,
      expectedRPID: rpId(config),
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    })
    if (!verified) return { ok: false, detail: 'attestation not verified' }
    const { credential, credentialDeviceType, credentialBackedUp } = registrationInfo
    const value = {
      id: credential.id,
      publicKey: toBase64Url(credential.publicKey),
      signCount: credential.counter,
      transports: response.response.transports ?? [],
      deviceType: credentialDeviceType,
      backedUp: credentialBackedUp,
    }
    return { ok: true, value }
  } catch (error) {
    return { ok: false, detail: describe(error) }
  }
}

/** Checks signature, challenge, origin and user verification; the counter is the caller's to judge. Never throws. */
export async function verifyAssertion(
  config: Config,
  challenge: string,
  response: AssertionResponse,
  passkey: { id: string; publicKey: string; userId: string },
): Promise<Verified<{ signCount: number; backedUp: boolean }>> {
  const handle = response.response.userHandle
  if (handle && handle !== toBase64Url(encodeUserHandle(passkey.userId)))
    return { ok: false, detail: 'other user handle' }
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: response as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
      expectedChallenge: challenge,
      expectedOrigin: config.publicOrigin,
      expectedRPID: rpId(config),
      requireUserVerification: true,
      // The library refuses a falling counter before it looks at the signature; only a genuine one says something.
      credential: { id: passkey.id, publicKey: fromBase64Url(passkey.publicKey), counter: 0 },
    })
    if (!verified) return { ok: false, detail: 'signature not verified' }
    return {
      ok: true,
      value: { signCount: authenticationInfo.newCounter, backedUp: authenticationInfo.credentialBackedUp },
    }
  } catch (error) {
    return { ok: false, detail: describe(error) }
  }
}

const describe = (error: unknown) => (error instanceof Error ? error.message.slice(0, 200) : 'unreadable response')
