import { describe, expect, it, vi } from 'vitest'
import { sha256 } from '../../../worker/kernel/crypto.ts'
import { queryAll } from '../../support/database.ts'
import {
  api,
  claimInstance,
  createLink,
  enrol,
  readCookies,
  signIn,
  type ChallengeAnswer,
  type TestSession,
} from '../../support/session.ts'
import type { RequestOptions } from '../../support/authenticator.ts'

const tables = async () =>
  queryAll<{ name: string }>(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
  )

/** Bodies and headers, without the cookies: those are where tokens belong. */
async function textOf(response: Response): Promise<string> {
  const headers = [...response.headers].filter(([name]) => name !== 'set-cookie')
  return JSON.stringify(headers) + (await response.text())
}

async function stepUp(
  session: TestSession,
  keep: (pending: Promise<Response>) => Promise<Response>,
): Promise<Response> {
  const begun = await keep(session.api('/session/step-up/begin', { method: 'POST' }))
  const { challengeId, options } = await begun.json<ChallengeAnswer<RequestOptions>>()
  const response = await session.authenticator.get(options)
  return session.api('/session/step-up/finish', { json: { challengeId, response } })
}

describe('what opens a session', () => {
  it('is in no log line and no row, and its hash leaves the database in no answer', async () => {
    const lines: string[] = []
    for (const method of ['log', 'warn', 'error', 'info', 'debug'] as const) {
      vi.spyOn(console, method).mockImplementation(
        (...parts: unknown[]) => void lines.push(parts.map(String).join(' ')),
      )
    }
    const answers: string[] = []
    const keep = async (pending: Promise<Response>) => {
      const response = await pending
      answers.push(await textOf(response.clone()))
      return response
    }

    const owner = await claimInstance()
    const again = await signIn(owner.authenticator)
    const [code = '', wrong] = [owner.recoveryCodes[0], 'zzzz-zzzz-zzzz-zzzz']
    await keep(api('/session/recovery', { json: { email: owner.me.email, code: wrong } }))
    const recovered = await keep(api('/session/recovery', { json: { email: owner.me.email, code } }))
    const refreshed = await keep(
      api('/session/refresh', { method: 'POST', headers: { cookie: `wn_refresh=${again.refreshToken}` } }),
    )
    const link = await createLink('break_glass', { userId: owner.me.id })
    await keep(api('/enrol/begin', { json: { token: link } }))
    await keep(api('/enrol/begin', { json: { token: `${link}x` } }))
    const { session } = await enrol(owner.me.id)
    await keep(stepUp(session, keep))
    await keep(session.api('/me/passkeys/begin', { method: 'POST' }))
    await keep(session.api('/me', { headers: { authorization: `Bearer ${session.accessToken}x` } }))
    for (const path of [
      '/me',
      '/me/sessions',
      '/me/passkeys',
      '/me/recovery-codes',
      '/audit?view=rows',
      '/provider-log',
    ])
      await keep(session.api(path))
    const codes = await session.api('/me/recovery-codes', { method: 'POST' })
    const fresh = (await codes.json<{ codes: string[] }>()).codes

    const tokens = [owner, again, session].flatMap((each) => [each.accessToken, each.refreshToken])
    const later = [recovered, refreshed].flatMap((answer) => Object.values(readCookies(answer)))
    const secrets = [...tokens, ...later, ...owner.recoveryCodes, ...fresh, link, wrong].filter(Boolean)
    expect(secrets.length).toBeGreaterThan(30)
    const hashes = await Promise.all(secrets.map(sha256))
    const stored = await Promise.all((await tables()).map(({ name }) => queryAll(`SELECT * FROM "${name}"`)))
    const rows = JSON.stringify(stored)
    const texts = [...answers, ...lines].join('\n')
    for (const secret of secrets) {
      expect(rows).not.toContain(secret)
      expect(texts).not.toContain(secret)
    }
    for (const hash of hashes) expect(texts).not.toContain(hash)
    const kept = await queryAll<{ hash: string }>(
      'SELECT hash FROM refresh_tokens UNION SELECT hash FROM recovery_codes UNION SELECT token_hash FROM enrolment_links UNION SELECT public_key FROM passkeys',
    )
    expect(kept.length).toBeGreaterThan(10)
    for (const { hash } of kept) expect(texts).not.toContain(hash)
  })
})
