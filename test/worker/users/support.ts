import { SoftwareAuthenticator, type CreationOptions } from '../../support/authenticator.ts'
import {
  api,
  origin,
  readJson,
  toSession,
  type ChallengeAnswer,
  type TestMe,
  type TestSession,
} from '../../support/session.ts'

export interface Invited {
  user: { id: string; name: string; email: string; role: string; status: string }
  link: string
  token: string
}

export const uniqueEmail = () => `${crypto.randomUUID()}@example.com`

export async function invite(owner: TestSession, role = 'ADMIN', email = uniqueEmail()): Promise<Invited> {
  const answer = await owner.api('/users', { json: { name: 'Ingrid Invited', email, role } })
  const { user, link } = await readJson<Invited>(answer, 201)
  return { user, link, token: new URLSearchParams(new URL(link).hash.slice(1)).get('token') ?? '' }
}

/** What the browser would send to accept, with a passkey of this authenticator. */
export async function prepareAccept(token: string, authenticator = new SoftwareAuthenticator(origin)) {
  const begun = await api('/invitations/begin', { json: { token } })
  const { challengeId, options } = await readJson<ChallengeAnswer<CreationOptions>>(begun)
  return { token, challengeId, response: await authenticator.create(options) }
}

export const sendAccept = (json: object) => api('/invitations/finish', { json })

export async function accept(token: string): Promise<TestSession> {
  const authenticator = new SoftwareAuthenticator(origin)
  const finished = await sendAccept(await prepareAccept(token, authenticator))
  const { me } = await readJson<{ me: TestMe }>(finished.clone())
  return toSession(finished, me, authenticator)
}
