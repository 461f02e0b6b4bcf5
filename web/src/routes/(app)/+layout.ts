import { redirect } from '@sveltejs/kit'
import { setSessionEndHandler } from '#lib/api/transport.ts'
import { toApiError } from '#lib/errors/api-error.ts'
import { session } from '#lib/session/session.svelte.ts'
import { signInAddress } from '#lib/shell/sign-in-address.ts'

/** Nobody sees a signed-in page before the API has said who they are. A network failure is shown, not taken for a sign-out. */
export const load = async ({ url }: { url: URL }) => {
  setSessionEndHandler(() => {
    session.clear()
    location.href = signInAddress(location)
  })
  if (session.signedIn) return {}
  try {
    await session.load()
    return {}
  } catch (error) {
    const failure = toApiError(error)
    if (failure.status === 401 || failure.status === 403) redirect(307, signInAddress(url))
    return { failure }
  }
}
