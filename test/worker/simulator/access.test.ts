import { describe, expect, test } from 'vitest'
import { createTestWorld } from './client.ts'

const code = (answer: { body: { error: { code: string } } }): string => answer.body.error.code

describe('the order of the checks', () => {
  const world = createTestWorld()

  test('an unknown path is answered before the token is looked at', () => {
    const answer = world.send('GET', '/nonsense', undefined, null)
    expect(answer.status).toBe(404)
    expect(answer.body).toEqual({ error: { code: 'not_found', message: 'api route not found', details: null } })
  })

  test('an unknown method is a 401 without a token and a 405 with one', () => {
    expect(world.send('PATCH', '/servers', undefined, null).status).toBe(401)
    const answer = world.send('PATCH', '/servers')
    expect(answer.status).toBe(405)
    expect(code(answer)).toBe('method_not_allowed')
  })

  test('double slashes count as one', () => {
    expect(world.get('//servers').status).toBe(200)
  })

  test('a body that is no JSON object is a json_error', () => {
    for (const body of ['{"name": ', '[1]', '"text"', 'null']) {
      const answer = world.post('/servers', body)
      expect([answer.status, code(answer)]).toEqual([400, 'json_error'])
    }
  })
})

describe('tokens', () => {
  const world = createTestWorld()
  const add = (access: string): { id: number; token: string } =>
    world.control('POST', '/projects/test/tokens', { name: access, access }).body.token

  test('are 64 letters and digits', () => {
    expect(add('read').token).toMatch(/^[A-Za-z0-9]{64}$/)
  })

  test('none, and a wrong one, are both unauthorized', () => {
    expect(world.send('GET', '/servers', undefined, null).body.error).toEqual({
      code: 'unauthorized',
      message: 'token is required',
      details: null,
    })
    expect(world.send('GET', '/servers', undefined, 'x'.repeat(64)).body.error).toEqual({
      code: 'unauthorized',
      message: 'the token you have provided is invalid',
      details: null,
    })
  })

  test('a read token reads and may not write', () => {
    const { token } = add('read')
    expect(world.send('GET', '/servers', undefined, token).status).toBe(200)
    const answer = world.send('POST', '/ssh_keys', { name: 'a' }, token)
    expect([answer.status, code(answer)]).toEqual([401, 'token_readonly'])
  })

  test('a revoked token is dead until it is restored', () => {
    const { id, token } = add('read_write')
    world.control('POST', `/tokens/${id}/revoke`)
    expect(world.send('GET', '/servers', undefined, token).status).toBe(401)
    world.control('POST', `/tokens/${id}/restore`)
    expect(world.send('GET', '/servers', undefined, token).status).toBe(200)
  })

  test('a project sees nothing of another one', () => {
    const id = world.server('mine')
    const other = world.control('POST', '/projects', { name: 'other' }).body.project.token
    expect(world.send('GET', `/servers/${id}`, undefined, other).status).toBe(404)
    expect(world.send('GET', '/servers', undefined, other).body.servers).toEqual([])
    const action = world.post(`/servers/${id}/actions/reboot`).body.action.id
    expect(world.send('GET', `/actions/${action}`, undefined, other).status).toBe(404)
    expect(world.send('GET', `/actions?id=${action}`, undefined, other).body.actions).toEqual([])
  })
})

describe('the rate limit', () => {
  test('every answer carries the three headers and a correlation id', () => {
    const world = createTestWorld()
    for (const answer of [
      world.get('/servers'),
      world.get('/nonsense'),
      world.send('GET', '/servers', undefined, null),
    ]) {
      expect(answer.headers).toMatchObject({
        'ratelimit-limit': '3600',
        'ratelimit-remaining': expect.stringMatching(/^\d+$/),
        'ratelimit-reset': expect.stringMatching(/^\d+$/),
        'x-correlation-id': expect.stringMatching(/^[0-9a-f]{16}$/),
        'content-type': 'application/json',
      })
    }
  })

  test('one request flows back a second; the reset says when the bucket is full', () => {
    const world = createTestWorld()
    world.control('PUT', '/projects/test/limits', { rate_remaining: 2 })
    const now = world.simulator.world.now() / 1_000
    expect(world.get('/servers').headers['ratelimit-remaining']).toBe('1')
    const last = world.get('/servers')
    expect(last.headers['ratelimit-remaining']).toBe('0')
    expect(Number(last.headers['ratelimit-reset'])).toBe(Math.ceil(now + 3_600))
    const refused = world.get('/servers')
    expect([refused.status, code(refused)]).toEqual([429, 'rate_limit_exceeded'])
    world.advance(1)
    expect(world.get('/servers').status).toBe(200)
    expect(world.get('/servers').status).toBe(429)
  })

  test('all tokens of a project share one bucket; another project has its own', () => {
    const world = createTestWorld()
    const second = world.control('POST', '/projects/test/tokens', { name: 'second' }).body.token.token
    const other = world.control('POST', '/projects', { name: 'other' }).body.project.token
    world.control('PUT', '/projects/test/limits', { rate_remaining: 0 })
    expect(world.send('GET', '/servers', undefined, second).status).toBe(429)
    expect(world.send('GET', '/servers', undefined, other).status).toBe(200)
  })
})
