/** Why somebody is asked to sign in who did not sign out. */
export type SignInReason = 'ended'

/** Where to sign in, remembering the way back. Only paths of this site are ever returned to. */
export function signInAddress(from: { pathname: string; search: string }, reason?: SignInReason): string {
  const next = `${from.pathname}${from.search}`
  const query = new URLSearchParams()
  if (next !== '/' && !next.startsWith('/sign-in')) query.set('next', next)
  if (reason) query.set('reason', reason)
  return query.size === 0 ? '/sign-in' : `/sign-in?${query}`
}

/** The way back out of `?next=`: a path of this site as the browser would read it, or the list of servers. */
export function safeNext(next: string | null): string {
  const here = 'https://here.invalid'
  if (!next?.startsWith('/') || !URL.canParse(next, here)) return '/servers'
  const { origin, pathname, search, hash } = new URL(next, here)
  return origin === here ? pathname + search + hash : '/servers'
}
