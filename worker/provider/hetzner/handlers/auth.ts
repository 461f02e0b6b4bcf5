import type { Layer } from '../call.ts'

/** Workers send none by themselves; the provider's support can find us by it. */
const userAgent = 'webnova/0.1.0'

export const auth =
  (token: string): Layer =>
  (next) =>
  (call) =>
    next({
      ...call,
      headers: {
        ...call.headers,
        Authorization: `Bearer ${token}`,
        Accept: 'application/json',
        'User-Agent': userAgent,
      },
    })
