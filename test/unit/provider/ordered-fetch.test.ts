import { expect, it } from 'vitest'
import { orderedFetch } from '../../support/ordered-fetch.ts'

const get = (url: string) => ({ method: 'GET', url, reply: { json: {} } })

it('an ordered fetch fails on a request too many', async () => {
  const { fetch, verify } = orderedFetch('http://p', [])
  await expect(fetch('http://p/a')).rejects.toThrow('expected nothing more')
  expect(verify).toThrow('unexpected: request 1: GET /a')
})

it('an ordered fetch fails on a request out of order', async () => {
  const { fetch, verify } = orderedFetch('http://p', [get('/a'), get('/b')])
  await expect(fetch('http://p/b')).rejects.toThrow('expected GET /a')
  expect(verify).toThrow('unexpected')
})

it('an ordered fetch fails on a request that never came', async () => {
  const { fetch, verify } = orderedFetch('http://p', [get('/a'), get('/b')])
  await fetch('http://p/a')
  expect(verify).toThrow('never sent: GET /b')
})
