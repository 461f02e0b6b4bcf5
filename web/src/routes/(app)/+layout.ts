import { redirect } from '@sveltejs/kit'
import { setSessionHooks } from '#lib/api/transport.ts'
import { toApiError } from '#lib/errors/api-error.ts'
import { session } from '#lib/session/session.svelte.ts'
import { signInAddress } from '#lib/shell/sign-in-address.ts'

/** Nobody sees a signed-in page before the API has said who they are. A failure is shown, not taken for a sign-out. */
export const load = async ({ url }: { url: URL }) => {
  if (!session.signedIn) {
    setSessionHooks(null)
    try {
      await session.load()
    } catch (error) {
      const failure = toApiError(error)
      if (failure.status === 401)
        redirect(307, signInAddress(url, failure.code === 'unauthenticated' ? undefined : 'ended'))
      return { failure }
    }
  }
  setSessionHooks({
    onEnd: () => {
      if (session.leaving || !session.signedIn) return
      session.clear()
      location.href = signInAddress(location, 'ended')
    },
    prove: () => import('#lib/auth/sign-in.ts').then(({ proveAgain }) => proveAgain()),
  })
  return { failure: null }
}
