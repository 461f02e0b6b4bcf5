/** A leaky bucket: holds `capacity`, regains `perSecond` each second. */
export interface Bucket {
  capacity: number
  perSecond: number
}

export interface BucketState {
  allowed: boolean
  remaining: number
  /** Seconds until one more is allowed; 0 when one is now. */
  retryAfterS: number
}

export interface RateLimitPort {
  /**
   * Takes `cost` from the bucket `key` unless that leaves less than `reserve` (background work leaves room for
   * people). Refusals take nothing.
   */
  take(key: string, bucket: Bucket, cost?: number, reserve?: number): Promise<BucketState>
  /** Tells the bucket what the other side says is left, so that tools sharing the limit are counted. */
  observe(key: string, bucket: Bucket, remaining: number): Promise<void>
}

/**
 * Who a request without a name counts as. A connection has 2^64 IPv6 addresses to choose from, so that only the first
 * half of one tells callers apart.
 */
export function addressKey(ip: string | null): string {
  if (!ip) return 'unknown'
  if (!ip.includes(':')) return ip
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (mapped) return mapped
  const [head = '', tail] = ip.toLowerCase().split('::')
  const groups = head === '' ? [] : head.split(':')
  const after = tail ? tail.split(':') : []
  const missing = tail === undefined ? 0 : Math.max(0, 8 - groups.length - after.length)
  const all = [...groups, ...Array.from({ length: missing }, () => '0'), ...after]
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}
