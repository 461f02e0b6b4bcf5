import { ApiError } from '#lib/errors/api-error.ts'

export type LinkProblem = 'expired' | 'invalid' | 'claimed'

/** Whether a failure means that the link itself is of no use, so that trying again is not either. */
export function linkProblem(error: unknown): LinkProblem | null {
  if (!(error instanceof ApiError)) return null
  if (error.code === 'link_expired') return 'expired'
  if (error.code === 'link_invalid') return 'invalid'
  return error.code === 'already_claimed' ? 'claimed' : null
}
