import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { HttpContext } from './app-env.ts'

/** Plain names are for http on localhost only; anything else uses the `__Host-` prefix (DESIGN §5). */
const names = {
  access: { secure: '__Host-wn_access', plain: 'wn_access' },
  refresh: { secure: '__Host-wn_refresh', plain: 'wn_refresh' },
} as const

export const sessionCookieNames = Object.values(names).flatMap((name) => [name.secure, name.plain])

export interface SessionTokens {
  accessToken: string
  refreshToken: string
  /** Lifetimes in seconds. */
  accessMaxAgeS: number
  refreshMaxAgeS: number
}

/** An access token, or an API key: never from a cookie, which a browser sends by itself. */
export const readBearer = (c: HttpContext): string | undefined =>
  c.req.header('authorization')?.match(/^Bearer\s+(\S+)$/i)?.[1]

export const readAccessCookie = (c: HttpContext): string | undefined => getCookie(c, nameOf(c, 'access'))

export const readRefreshToken = (c: HttpContext): string | undefined => getCookie(c, nameOf(c, 'refresh'))

export function setSessionCookies(c: HttpContext, tokens: SessionTokens): void {
  const base = { path: '/', httpOnly: true, sameSite: 'Lax', secure: c.get('ctx').config.secureCookies } as const
  setCookie(c, nameOf(c, 'access'), tokens.accessToken, { ...base, maxAge: tokens.accessMaxAgeS })
  setCookie(c, nameOf(c, 'refresh'), tokens.refreshToken, { ...base, maxAge: tokens.refreshMaxAgeS })
}

/** Renews the access token alone; the refresh token of this browser stays as it is. */
export function setAccessCookie(c: HttpContext, tokens: Pick<SessionTokens, 'accessToken' | 'accessMaxAgeS'>): void {
  const secure = c.get('ctx').config.secureCookies
  const attributes = { path: '/', httpOnly: true, sameSite: 'Lax', secure, maxAge: tokens.accessMaxAgeS } as const
  setCookie(c, nameOf(c, 'access'), tokens.accessToken, attributes)
}

export function clearSessionCookies(c: HttpContext): void {
  const secure = c.get('ctx').config.secureCookies
  for (const kind of ['access', 'refresh'] as const) deleteCookie(c, nameOf(c, kind), { path: '/', secure })
}

const nameOf = (c: HttpContext, kind: keyof typeof names) =>
  c.get('ctx').config.secureCookies ? names[kind].secure : names[kind].plain
