import { days, minutes, seconds } from '../../kernel/clock.ts'

/** A challenge is answered within this time or not at all, ms. */
export const challengeLifetimeMs = minutes(5)
export const accessTokenLifetimeMs = minutes(10)
/** A session ends after this long without a refresh, and at the latest that long after it was opened, ms. */
export const sessionIdleMs = days(30)
export const sessionAbsoluteMs = days(90)
/** How fresh a passkey assertion must be for destructive acts (DESIGN §5), ms. */
export const stepUpMs = minutes(5)
/** A session says when it was last seen to within this, so that reads do not become writes, ms. */
export const lastSeenStepMs = minutes(5)
/** Two tabs that refresh with the same token within this time are one browser, not a thief, ms. */
export const refreshGraceMs = seconds(10)
export const recoveryCodeCount = 10
export const passkeyLimit = 20

export const sessionExpiry = (createdAt: number, now: number): number =>
  Math.min(now + sessionIdleMs, createdAt + sessionAbsoluteMs)

export type RefreshDecision = 'rotate' | 'grace' | 'reuse'

/**
 * What a presented refresh token means. A used one is `grace` for a moment: the other tab has just put its successor
 * into the cookie jar they share, so this one needs only an access token. After that, someone else holds a copy.
 */
export function decideRefresh(usedAt: number | null, now: number): RefreshDecision {
  if (usedAt === null) return 'rotate'
  return now - usedAt <= refreshGraceMs ? 'grace' : 'reuse'
}

/** Authenticators without a counter always say 0; any other must count up (WebAuthn §6.1.1). */
export const isSignCountRegression = (stored: number, presented: number): boolean =>
  (stored > 0 || presented > 0) && presented <= stored

/** `verifiedAt` is 0 in a session that no passkey has opened or confirmed. */
export const isRecentlyVerified = (verifiedAt: number, now: number, maxAgeMs = stepUpMs): boolean =>
  verifiedAt > 0 && now - verifiedAt <= maxAgeMs

/** An invitation not taken up within this time is void, ms. */
export const invitationLifetimeMs = days(7)

export type LinkState = 'valid' | 'expired' | 'used'

export function linkState(link: { usedAt: number | null; expiresAt: number }, now: number): LinkState {
  if (link.usedAt !== null) return 'used'
  return link.expiresAt > now ? 'valid' : 'expired'
}

export const normalizeEmail = (email: string): string => email.trim().toLowerCase()

/** Crockford's base 32: people misread and mistype these, and it still is the same code. */
export const normalizeRecoveryCode = (code: string): string =>
  code
    .toLowerCase()
    .replaceAll(/[^0-9a-z]/g, '')
    .replaceAll('o', '0')
    .replaceAll(/[il]/g, '1')
