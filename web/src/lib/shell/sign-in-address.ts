/** Where to sign in, remembering the way back. Only paths of this site are ever returned to. */
export function signInAddress(from: { pathname: string; search: string }): string {
  const next = `${from.pathname}${from.search}`
  return next === '/' || next.startsWith('/sign-in') ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`
}

/** The way back out of `?next=`: a path of this site, or the list of servers. */
export function safeNext(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : '/servers'
}
