import { api, call } from '#lib/api/index.ts'
import { session } from '#lib/session/session.svelte.ts'
import { usePasskey } from './passkey.ts'

/** Signs in with a passkey the browser offers. @throws ApiError, PasskeyError */
export async function signInWithPasskey(autofill = false): Promise<void> {
  const { challengeId, options } = await call(api.POST('/api/v1/session/begin'))
  const response = await usePasskey(options, autofill)
  session.set(await call(api.POST('/api/v1/session/finish', { body: { challengeId, response } })))
}

/** Proves the passkey again inside a session, for what is asked to be sure. @throws ApiError, PasskeyError */
export async function proveAgain(): Promise<void> {
  const { challengeId, options } = await call(api.POST('/api/v1/session/step-up/begin'))
  const response = await usePasskey(options)
  await call(api.POST('/api/v1/session/step-up/finish', { body: { challengeId, response } }))
}
