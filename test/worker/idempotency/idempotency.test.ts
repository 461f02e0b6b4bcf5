import { describe, expect, it } from 'vitest'
import { minutes } from '../../../worker/kernel/clock.ts'
import { newId } from '../../../worker/kernel/id.ts'
import { auditRows, execute, queryFirst } from '../../support/audit.ts'
import { readError, readJson, signInAs, type TestMe, type TestSession } from '../../support/session.ts'
import { fetchWith, flakyDatabase } from '../../support/worker.ts'

const rename = (session: TestSession, key: string, name: string) =>
  session.api('/me', { method: 'PATCH', json: { name }, headers: { 'idempotency-key': key } })

const renames = async (session: TestSession) =>
  (await auditRows('user.preferences.update', session.me.id)).filter((row) => row.phase === 'succeeded').length

const onlyKey = () => queryFirst<{ id: string; status: number | null }>('SELECT * FROM idempotency_keys')

/** As if the worker had died before it could write the answer down, `ms` ago. */
const loseAnswer = (ms: number) =>
  execute('UPDATE idempotency_keys SET status = NULL, body = NULL, created_at = created_at - ?', ms)

describe('the same Idempotency-Key', () => {
  it('gives the first answer again and does nothing twice', async () => {
    const session = await signInAs('USER')
    const key = newId('key')
    const first = await readJson<TestMe>(await rename(session, key, 'Once'))
    const again = await rename(session, key, 'Once')
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect(await readJson<TestMe>(again)).toEqual(first)
    expect(await renames(session)).toBe(1)
  })

  it('answers 204 as 204', async () => {
    const session = await signInAs('USER')
    const other = await signInAs('USER')
    const call = () => session.api('/session', { method: 'DELETE', headers: { 'idempotency-key': newId('key') } })
    expect((await call()).status).toBe(204)
    const remove = () =>
      other.api(`/me/sessions/${other.me.session.id}x`, { method: 'DELETE', headers: { 'idempotency-key': 'k' } })
    expect((await remove()).status).toBe(404)
    expect((await remove()).status).toBe(404)
  })

  it('with another body, or under another path, is refused', async () => {
    const session = await signInAs('USER')
    const key = newId('key')
    await rename(session, key, 'Once')
    expect(await readError(await rename(session, key, 'Twice'))).toMatchObject({
      status: 422,
      code: 'idempotency_mismatch',
    })
    const headers = { 'idempotency-key': key }
    const elsewhere = await session.api('/session/step-up/begin', { method: 'POST', headers })
    expect(await readError(elsewhere)).toMatchObject({ code: 'idempotency_mismatch' })
  })

  it('of another person is another key', async () => {
    const [one, two] = [await signInAs('USER'), await signInAs('USER')]
    const key = newId('key')
    await rename(one, key, 'Same')
    const answer = await rename(two, key, 'Same')
    expect(answer.headers.get('idempotency-replayed')).toBeNull()
    expect(await readJson<TestMe>(answer)).toMatchObject({ id: two.me.id })
  })

  it('sent many times at once runs once', async () => {
    const session = await signInAs('USER')
    const key = newId('key')
    const answers = await Promise.all(Array.from({ length: 8 }, () => rename(session, key, 'Once')))
    const statuses = answers.map((answer) => answer.status)
    expect(statuses.every((status) => status === 200 || status === 409)).toBe(true)
    expect(statuses).toContain(200)
    expect(await renames(session)).toBe(1)
  })

  it('may be tried again after a refusal', async () => {
    const session = await signInAs('USER')
    const key = newId('key')
    const call = (body: string) =>
      session.api('/me', {
        method: 'PATCH',
        body,
        headers: { 'idempotency-key': key, 'content-type': 'application/json' },
      })
    expect((await call('{"name":""}')).status).toBe(400)
    expect((await call('{"name":"Now"}')).status).toBe(200)
  })
})

describe('a worker that dies between the act and its answer', () => {
  it('is waited for, and then its act is not repeated: the record says what became of it', async () => {
    const session = await signInAs('USER')
    await execute('DELETE FROM idempotency_keys')
    const key = newId('key')
    await rename(session, key, 'Once')
    await loseAnswer(minutes(1))
    expect(await readError(await rename(session, key, 'Once'))).toMatchObject({
      status: 409,
      code: 'idempotency_in_progress',
    })
    await loseAnswer(minutes(2))
    const lost = await readError(await rename(session, key, 'Once'))
    expect(lost).toMatchObject({ status: 504, code: 'outcome_unknown' })
    const [started] = await auditRows('user.preferences.update', session.me.id)
    const operation = await queryFirst('SELECT 1 FROM audit_log WHERE operation_id = ?', lost.meta?.['operationId'])
    expect(started && operation).toBeTruthy()
    expect(await renames(session)).toBe(1)
  })

  it('before it began anything leaves the key to one of those who ask again', async () => {
    const session = await signInAs('USER')
    await execute('DELETE FROM idempotency_keys')
    const key = newId('key')
    await rename(session, key, 'Once')
    await loseAnswer(minutes(3))
    await execute('UPDATE idempotency_keys SET request_id = ?', newId('req'))
    const answers = await Promise.all(Array.from({ length: 4 }, () => rename(session, key, 'Once')))
    expect(answers.filter((answer) => answer.headers.get('idempotency-replayed') === null && answer.ok)).toHaveLength(1)
    expect(await renames(session)).toBe(2)
  })

  it('an answer that could not be kept is told all the same, and its act is not repeated', async () => {
    const session = await signInAs('USER')
    await execute('DELETE FROM idempotency_keys')
    const key = newId('key')
    const answer = await fetchWith(
      flakyDatabase((sql) => /^update .idempotency_keys/i.test(sql)),
      '/api/v1/me',
      {
        method: 'PATCH',
        headers: { ...session.headers, 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify({ name: 'Once' }),
      },
    )
    expect(await readJson<TestMe>(answer)).toMatchObject({ name: 'Once' })
    expect(await onlyKey()).toMatchObject({ status: null })
    expect((await rename(session, key, 'Once')).status).toBe(409)
    expect(await renames(session)).toBe(1)
  })
})
