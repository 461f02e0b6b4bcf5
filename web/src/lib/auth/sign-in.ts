import { api, call } from '#lib/api/index.ts'
import { ApiError } from '#lib/errors/api-error.ts'
import { session } from '#lib/session/session.svelte.ts'
import { PasskeyError, usePasskey } from './passkey.ts'

/** Signs in with a passkey the browser offers. @throws ApiError, PasskeyError */
export async function signInWithPasskey(autofill = false): Promise<void> {
  const { challengeId, options } = await call(api.POST('/api/v1/session/begin'))
  const response = await usePasskey(options, autofill)
  session.set(await call(api.POST('/api/v1/session/finish', { body: { challengeId, response } })))
}

/**
 * Proves the passkey again inside a session. The transport calls it when the API answers `step_up_required`, and repeats
 * the request. @throws ApiError: `step_up_required` with the reason as its hint when the passkey was not given
 */
export async function proveAgain(): Promise<void> {
  const { challengeId, options } = await call(api.POST('/api/v1/session/step-up/begin'))
  const response = await usePasskey(options).catch((error: unknown) => {
    if (!(error instanceof PasskeyError)) throw error
    throw new ApiError({ code: 'step_up_required', message: error.message, hint: error.message, status: 0 })
  })
  await call(api.POST('/api/v1/session/step-up/finish', { body: { challengeId, response } }))
}
