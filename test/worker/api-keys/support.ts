import type { TestKey } from '../../support/api-keys.ts'
import { readError, readJson, type TestSession } from '../../support/session.ts'

export const listOwn = async (session: TestSession) =>
  (await readJson<{ items: TestKey[] }>(await session.api('/me/api-keys'))).items
export const fieldsOf = async (answer: Response) => (await readError(answer)).fields?.map(({ path }) => path)
export const patch = (session: TestSession, id: string, json: object) =>
  session.api(`/me/api-keys/${id}`, { method: 'PATCH', json })
export const rotate = (session: TestSession, id: string, overlapDays = 1) =>
  session.api(`/me/api-keys/${id}/rotate`, { json: { overlapDays } })
