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

/** How failures slow down whoever made them: the first are free, then each wait is twice as long as the last. */
export interface Backoff {
  free: number
  firstMs: number
  maxMs: number
  /** After so long without a failure all are forgotten. */
  forgetMs: number
}

/** ms to wait after so many failures. */
export const backoffMs = (failures: number, { free, firstMs, maxMs }: Backoff): number =>
  failures < free ? 0 : Math.min(maxMs, firstMs * 2 ** Math.min(failures - free, 30))

export interface Admission {
  allowed: boolean
  retryAfterS: number
}

/** So many events within so long; several within one slot count once. */
export interface Burst {
  count: number
  withinMs: number
  slotMs: number
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

/** How often a key was used; refused calls are calls, too. */
export interface KeyUse {
  calls: number
  refusals: number
}

/** By day: its first millisecond, UTC. */
export type KeyUseByDay = Readonly<Record<string, KeyUse>>

/** Buckets, and what slows down and notices failures. */
export interface LimitsPort extends RateLimitPort {
  /** One call with an API key: takes from the key's bucket, and is counted, let through or not. */
  takeCall(keyId: string, bucket: Bucket): Promise<BucketState>
  /** Counts what `takeCall` did not see: a call that was refused before it, or a refusal after it. */
  countUse(keyId: string, use: KeyUse): Promise<void>
  /** What was counted of a key on the days that are not over, written down yet or not. */
  countedUse(keyId: string): Promise<KeyUseByDay>
  /** Seconds that the failures under this key still make it wait. Counts nothing. */
  delay(key: string): Promise<number>
  /** Counts a failure. */
  fail(key: string, backoff: Backoff): Promise<void>
  /**
   * One try, unless earlier ones still make it wait. It counts as failed until `forgive`, so that of any number of
   * guesses at once no more get through than one after another. A refused try counts nothing.
   */
  attempt(key: string, backoff: Backoff): Promise<Admission>
  /** A success: all failures under this key are forgotten. */
  forgive(key: string): Promise<void>
  /** Notes an event; true exactly for the one that makes the burst, after which counting starts anew. */
  strike(key: string, burst: Burst): Promise<boolean>
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
