import { normalizeEmail } from '../../worker/features/identity/rules.ts'
import { totpCode, totpStepAt } from '../../worker/features/identity/totp/code.ts'
import { sha256 } from '../../worker/kernel/crypto.ts'
import { SoftwareAuthenticator } from './authenticator.ts'
import { testCtx } from './ctx.ts'
import { execute } from './database.ts'
import { api, readJson, signInAs, toSession, type TestMe, type TestSession } from './session.ts'

export const goodPassword = 'four quiet words here'

export const allow = (passwords: 'allowed' | 'off') =>
  execute(
    "INSERT INTO sign_in_policy VALUES ('instance', ?, 0) ON CONFLICT (id) DO UPDATE SET passwords = excluded.passwords",
    passwords,
  )

export interface WithPassword {
  session: TestSession
  secret: string
}

/** Sets up both through the API, in a session that has just proven a passkey. */
export async function setUpPassword(session: TestSession, password = goodPassword): Promise<WithPassword> {
  await readJson(await session.api('/me/password', { method: 'PUT', json: { password } }))
  const { secret } = await readJson<{ secret: string }>(await session.api('/me/totp/begin', { method: 'POST' }))
  await readJson(await session.api('/me/totp/finish', { json: { code: await codeNow(secret) } }))
  await forgetSteps(session.me.id)
  return { session, secret }
}

/** Somebody who can sign in by password. The instance must allow it. */
export const personWithPassword = async (role: 'OWNER' | 'ADMIN' | 'USER' = 'USER'): Promise<WithPassword> =>
  setUpPassword(await signInAs(role))

export const codeNow = (secret: string, steps = 0): Promise<string> => totpCode(secret, totpStepAt(Date.now()) + steps)

/** As if half a minute had passed since the last code. */
export const forgetSteps = (userId: string) =>
  execute('UPDATE totp_secrets SET last_step = 0 WHERE user_id = ?', userId)

export const tryPassword = (
  email: string,
  password: string,
  code: string,
  headers: Record<string, string> = {},
): Promise<Response> => api('/session/password', { json: { email, password, code }, headers })

/** A session that a password opened. */
export async function signInByPassword({ session, secret }: WithPassword): Promise<TestSession> {
  await forgetSteps(session.me.id)
  const answer = await tryPassword(session.me.email, goodPassword, await codeNow(secret))
  return toSession(answer, await readJson<TestMe>(answer.clone()), new SoftwareAuthenticator())
}

/** As if an hour had passed since the last wrong guess. */
export const forgetTries = async (email: string) =>
  testCtx().limits.forgive(`tries-secret:${await sha256(normalizeEmail(email))}`)
