import {
  clearSessionCookies,
  readRefreshToken,
  setAccessCookie,
  setSessionCookies,
  type ApiRouter,
  type HttpContext,
} from '../../../http/index.ts'
import { AppError } from '../../../kernel/errors.ts'
import { deviceFacts } from '../device-facts.ts'
import { recoverySignInInput } from '../recovery/schemas.ts'
import { signInWithRecoveryCode } from '../recovery/sign-in.ts'
import { meSchema } from '../schemas.ts'
import { refreshSession } from '../sessions/refresh.ts'
import { signOut } from '../sessions/sign-out.ts'
import { answerAssertion, challengeSchema } from '../webauthn/schemas.ts'
import { beginSignIn } from './begin.ts'
import { finishSignIn } from './finish.ts'

const open = { permission: 'public', tag: 'Sign-in' } as const

export function signInRoutes(api: ApiRouter): void {
  api.add(
    { ...open, method: 'post', path: '/session/begin', summary: 'Ask for a passkey', response: challengeSchema },
    ({ ctx }) => beginSignIn(ctx),
  )
  api.add(
    {
      ...open,
      method: 'post',
      path: '/session/finish',
      summary: 'Sign in with a passkey',
      body: answerAssertion,
      response: meSchema,
    },
    async ({ ctx, body, http }) => {
      const { me, tokens } = await finishSignIn(ctx, body, deviceFacts(http))
      setSessionCookies(http, tokens)
      return me
    },
  )
  api.add(
    {
      ...open,
      method: 'post',
      path: '/session/recovery',
      summary: 'Sign in with a recovery code',
      description: 'Each code works once. The session it opens can add a passkey and confirms nothing else.',
      body: recoverySignInInput,
      response: meSchema,
    },
    async ({ ctx, body, http }) => {
      const { me, tokens } = await signInWithRecoveryCode(ctx, body, deviceFacts(http))
      setSessionCookies(http, tokens)
      return me
    },
  )
  api.add(
    {
      ...open,
      method: 'post',
      path: '/session/refresh',
      summary: 'Renew the session',
      description: 'Takes the refresh cookie and replaces it. A token presented again later ends its session.',
      response: meSchema,
    },
    ({ ctx, http }) => refresh(ctx, http),
  )
  api.add(
    {
      ...open,
      method: 'delete',
      path: '/session',
      summary: 'Sign out',
      description: 'Ends the session of the cookies or the token; without one it changes nothing.',
    },
    async ({ ctx, http }) => {
      await signOut(ctx, readRefreshToken(http))
      clearSessionCookies(http)
    },
  )
}

/** Cookies go only when the session is truly over; trouble on our side must sign nobody out. */
async function refresh(ctx: Parameters<typeof refreshSession>[0], http: HttpContext) {
  try {
    const { me, tokens } = await refreshSession(ctx, readRefreshToken(http))
    const { refreshToken } = tokens
    if (refreshToken === null) setAccessCookie(http, tokens)
    else setSessionCookies(http, { ...tokens, refreshToken })
    return me
  } catch (error) {
    const over = error instanceof AppError && (error.code === 'session_expired' || error.code === 'session_reuse')
    if (over) clearSessionCookies(http)
    throw error
  }
}
