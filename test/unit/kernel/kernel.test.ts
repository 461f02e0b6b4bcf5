import { describe, expect, it } from 'vitest'
import { readConfig } from '../../../worker/env.ts'
import { decodeCursor, encodeCursor } from '../../../worker/kernel/page.ts'
import { addressKey } from '../../../worker/kernel/rate-limit.ts'
import { oneLine } from '../../../worker/kernel/text.ts'
import { testSecrets } from '../../support/secrets.ts'

describe('an address counts', () => {
  it.each([
    [null, 'unknown'],
    ['192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:0:0:ffff::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
  ])('%s as %s', (ip, key) => expect(addressKey(ip)).toBe(key))
})

describe('a cursor', () => {
  it('comes back as it went', () => {
    expect(decodeCursor(encodeCursor([null, 'نص', 4.5]), 3)).toEqual([null, 'نص', 4.5])
  })

  it.each([
    ['infinite', btoa('[1e999]')],
    ['an object', btoa('[{}]')],
    ['too long', btoa('[1,2]')],
    ['no list', btoa('{"length":1}')],
    ['no base64', '***'],
    ['nothing', ''],
  ])('that is %s is refused', (_name, cursor) => {
    expect(() => decodeCursor(cursor, 1)).toThrow(expect.objectContaining({ code: 'invalid_input' }))
  })
})

describe('one line of text', () => {
  it.each(['', 'Ada', 'نورا', 'a\u200fb', '👩🏽‍💻', 'a\u00a0b'])('may be %j', (text) =>
    expect(oneLine.test(text)).toBe(true),
  )
  it.each(['a\nb', '\u0000', 'a\u0085', '\ud800', '\u2028', '\u202e', '\u2066'])('may not be %j', (text) =>
    expect(oneLine.test(text)).toBe(false),
  )
})

describe('the configuration', () => {
  const vars = { ...testSecrets, HETZNER_API_URL: 'https://api.hetzner.cloud/v1' }
  const read = (ENVIRONMENT: string, PUBLIC_ORIGIN: string) => readConfig({ ...vars, ENVIRONMENT, PUBLIC_ORIGIN })

  it.each([
    ['production', 'http://localhost:8787'],
    ['production', 'http://nova.example.com'],
    ['staging', 'http://nova.example.com'],
    ['demo', 'http://nova.example.com'],
    ['demo', 'http://localhost.example.com'],
    ['demo', 'http://192.0.2.7:8787'],
    ['demo', 'ftp://localhost'],
  ])('refuses cookies over plain http: %s at %s', (environment, origin) => {
    expect(() => read(environment, origin)).toThrow(expect.objectContaining({ code: 'misconfigured' }))
  })

  it.each([
    ['production', 'https://nova.example.com', true],
    ['demo', 'https://demo.example.com', true],
    ['demo', 'http://localhost:8787', false],
    ['demo', 'http://127.0.0.1:9000', false],
  ])('takes %s at %s', (environment, origin, secureCookies) => {
    expect(read(environment, origin)).toMatchObject({ publicOrigin: origin, secureCookies })
  })

  it.each([
    ['HETZNER_API_URL', 'http://api.hetzner.cloud/v1'],
    ['LIBSQL_URL', 'http://db.example.com'],
    ['LIBSQL_URL', 'libsql://db.example.com?tls=0'],
  ])('sends no token over plain http: %s at %s', (name, url) => {
    const at = (ENVIRONMENT: string) =>
      readConfig({ ...vars, ENVIRONMENT, PUBLIC_ORIGIN: 'https://nova.example.com', [name]: url })
    expect(() => at('production')).toThrow(expect.objectContaining({ code: 'misconfigured' }))
    expect(() => at('staging')).toThrow(expect.objectContaining({ code: 'misconfigured' }))
    expect(at('demo').environment).toBe('demo')
    const local = {
      ENVIRONMENT: 'staging',
      PUBLIC_ORIGIN: 'https://nova.example.com',
      LIBSQL_URL: 'http://127.0.0.1:8080',
    }
    expect(readConfig({ ...vars, ...local }).libsql?.url).toBe('http://127.0.0.1:8080')
  })
})
