/**
 * The one-time token of a link stands behind the `#`, which browsers never send. It is taken out of the address at
 * once, so that it is not in the history, a screenshot or a bookmark.
 */
export function takeLinkToken(): string | null {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  if (token) history.replaceState(history.state, '', location.pathname + location.search)
  return token
}
