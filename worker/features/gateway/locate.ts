/** Where a request to the gateway goes: `/hetzner/v1/…`, or `/hetzner/<project id>/v1/…` where a key has several. */
export interface Location {
  accountId: string | null
  /** Below the version, as it was sent. */
  path: string
}

const shape = /^\/hetzner(?:\/([A-Za-z0-9_]{1,64}))?\/v1(\/.*)$/

/** Null for anything else. One client puts its base's last slash twice (FACTS §12): that one is forgiven. */
export function locate(pathname: string): Location | null {
  const found = shape.exec(pathname)
  if (!found?.[2]) return null
  return { accountId: found[1] ?? null, path: found[2].replace(/^\/{2}(?=[a-z])/, '/') }
}
