import { api, call } from '#lib/api/index.ts'
import { ApiError } from '#lib/errors/api-error.ts'
import { session } from '#lib/session/session.svelte.ts'
import { PasskeyError, usePasskey } from './passkey.ts'

/** Signs in with a passkey that the browser asks for. @throws ApiError, PasskeyError */
export async function signInWithPasskey(): Promise<void> {
  const { challengeId, options } = await call(api.POST('/api/v1/session/begin'))
  await finish(challengeId, await usePasskey(options))
}

/**
 * Signs in with a passkey chosen in a field, whenever that may be. Asks `wanted` before it opens its prompt, because
 * that ends any other. False: not wanted any more. @throws ApiError, PasskeyError
 */
export async function offerPasskey(wanted: () => boolean): Promise<boolean> {
  const { challengeId, options } = await call(api.POST('/api/v1/session/begin'))
  if (!wanted()) return false
  await finish(challengeId, await usePasskey(options, true))
  return true
}

async function finish(challengeId: string, response: Awaited<ReturnType<typeof usePasskey>>): Promise<void> {
  session.set(await call(api.POST('/api/v1/session/finish', { body: { challengeId, response } })))
}

/**
 * Proves the passkey again inside a session. The transport calls it when the API answers `step_up_required`, and repeats
 * the request. @throws ApiError: `step_up_required` with the reason in words when the passkey was not given
 */
export async function proveAgain(): Promise<void> {
  const { challengeId, options } = await call(api.POST('/api/v1/session/step-up/begin'))
  const response = await usePasskey(options).catch((error: unknown) => {
    if (!(error instanceof PasskeyError)) throw error
    throw new ApiError({ code: 'step_up_required', message: error.message, words: error.message, status: 0 })
  })
  await call(api.POST('/api/v1/session/step-up/finish', { body: { challengeId, response } }))
}
