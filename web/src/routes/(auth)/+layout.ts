import { readAnswer, transport } from '#lib/api/transport.ts'
import { toApiError } from '#lib/errors/api-error.ts'

type SetupStatus = { claimed: boolean; publicOrigin: string; passwords: boolean }

/** Passkeys work under one address only: a visit by another name is sent there before anything is shown. */
export const load = async ({ url }: { url: URL }) => {
  try {
    const setup = await readAnswer<SetupStatus>(await transport(new Request('/api/v1/setup')))
    if (url.origin !== setup.publicOrigin) {
      location.replace(setup.publicOrigin + url.pathname + url.search + location.hash)
      return await new Promise<never>(() => {})
    }
    return { setup, failure: null }
  } catch (error) {
    return { setup: null, failure: toApiError(error) }
  }
}
