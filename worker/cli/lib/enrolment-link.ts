import { createHash, randomBytes } from 'node:crypto'
import { newId } from '../../kernel/id.ts'

const LIFETIME_MS = 60 * 60 * 1000

export interface EnrolmentLink {
  /** The token travels in the fragment, so that no server and no log ever sees it. */
  url: string
  /** Older unused links of the same kind and person end, the new one begins. */
  statements: string[]
}

interface LinkOptions {
  origin: string
  nowMs?: number
}

/** Ids are ours (`usr_…`), yet nothing unquoted enters a statement. */
const quote = (text: string) => `'${text.replaceAll("'", "''")}'`

function link(kind: 'setup' | 'break_glass', path: string, userId: string | null, options: LinkOptions): EnrolmentLink {
  const now = options.nowMs ?? Date.now()
  const token = randomBytes(32).toString('base64url')
  const hash = createHash('sha256').update(token).digest('base64url')
  const who = userId === null ? 'NULL' : quote(userId)
  const values = [quote(newId('lnk', now)), quote(kind), quote(hash), who, now, now + LIFETIME_MS, 'NULL']
  return {
    url: `${options.origin}${path}#token=${token}`,
    statements: [
      `UPDATE enrolment_links SET expires_at = ${now}` +
        ` WHERE kind = ${quote(kind)} AND user_id IS ${who} AND used_at IS NULL AND expires_at > ${now};`,
      'INSERT INTO enrolment_links (id, kind, token_hash, user_id, created_at, expires_at, used_at)' +
        ` VALUES (${values.join(', ')});`,
    ],
  }
}

/** The link with which the first owner claims an instance: one use, one hour. */
export const setUpLink = (options: LinkOptions): EnrolmentLink => link('setup', '/set-up', null, options)

/** Break-glass: lets an existing user enrol a new passkey. One use, one hour. */
export const breakGlassLink = (userId: string, options: LinkOptions): EnrolmentLink =>
  link('break_glass', '/enrol', userId, options)
