import { ProviderError } from '../../provider.ts'
import type { Layer } from '../call.ts'

/** An answer that repeats our own request must not carry the token into a log (P1.3). */
export const redact =
  (token: string): Layer =>
  (next) =>
  async (call) => {
    try {
      return await next(call)
    } catch (error) {
      if (!(error instanceof ProviderError) || !token) throw error
      const { detail, providerCode } = error.facts
      if (!detail.includes(token) && !providerCode?.includes(token)) throw error
      const clean = (text: string) => text.replaceAll(token, '[token]')
      throw new ProviderError(error.kind, {
        ...error.facts,
        detail: clean(detail),
        providerCode: providerCode === null ? null : clean(providerCode),
      })
    }
  }
