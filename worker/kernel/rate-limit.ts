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
