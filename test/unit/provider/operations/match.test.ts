import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  fillPath,
  matchOperation,
  methodsOf,
  operations,
} from '../../../../worker/provider/hetzner/operations/index.ts'

const keyOf = (method: string, path: string) => matchOperation(method, path)?.operation.key ?? null

const sample: Record<string, string> = {
  id: '42',
  action_id: '7',
  id_or_name: 'example.com',
  rr_name: '_dmarc.www',
  rr_type: 'TXT',
}
const example = (path: string) => path.replaceAll(/\{(\w+)\}/g, (_, name: string) => sample[name] ?? '')

describe('matching a request with the table', () => {
  test('every operation is found by its own path, and by no other method', () => {
    for (const { key, method, path } of operations) {
      expect(keyOf(method, example(path)), key).toBe(key)
      expect(methodsOf(example(path))).toContain(method)
      for (const other of ['HEAD', 'PATCH', 'OPTIONS', 'get', 'Get', 'TRACE', '__proto__', '']) {
        expect(keyOf(other, example(path)), `${other} ${path}`).toBeNull()
      }
    }
  })

  test('no path fits two templates', () => {
    for (const { path } of operations)
      expect(new Set(methodsOf(example(path))).size).toBe(methodsOf(example(path)).length)
  })

  test.each([
    ['/servers/', 'a slash at the end'],
    ['//servers', 'a doubled slash'],
    ['/servers//42', 'a doubled slash inside'],
    ['/servers/42/', 'a slash after the id'],
    ['servers', 'no slash before'],
    ['/Servers', 'another case'],
    ['/servers/./42', 'a dot'],
    ['/servers/../servers/42', 'a way up'],
    ['/servers/%34%32', 'an encoded id'],
    ['/%73ervers', 'an encoded word'],
    ['/servers/42%2Factions', 'an encoded slash'],
    ['/servers/42%252Factions', 'a slash encoded twice'],
    ['/servers/42?x=1', 'a query'],
    ['/servers/42#x', 'a fragment'],
    ['/servers/42;x=1', 'a path parameter'],
    ['/servers\\42', 'a backslash'],
    ['/servers/42\n', 'a line end'],
    ['/servers/0', 'zero'],
    ['/servers/042', 'a leading zero'],
    ['/servers/-1', 'a negative id'],
    ['/servers/+1', 'a sign'],
    ['/servers/1e3', 'an exponent'],
    ['/servers/0x2a', 'hexadecimal'],
    ['/servers/4.0', 'a fraction'],
    ['/servers/9007199254740992', 'an id that is not exact'],
    ['/servers/99999999999999999999', 'a huge id'],
    ['/servers/٤٢', 'digits of another script'],
    ['/servers/４２', 'wide digits'],
    ['/zones/Example.com', 'a name in upper case'],
    ['/zones/example', 'a name without a dot'],
    ['/zones/example..com', 'an empty label'],
    ['/zones/.example.com', 'a dot before'],
    ['/zones/example.com.', 'a dot after'],
    ['/zones/..', 'a way up'],
    ['/zones/exämple.com', 'a name that is not punycode'],
    ['/zones/example.com/rrsets/www/a', 'a type in lower case'],
    ['/zones/example.com/rrsets/www/ANY', 'an unknown type'],
    ['/zones/example.com/rrsets/../A', 'a way up as a name'],
    ['/zones/example.com/rrsets/%2e%2e/A', 'an encoded way up'],
    ['/zones/example.com/rrsets/%2540/A', 'an apex encoded twice'],
    ['/zones/example.com/rrsets/a%2Fb/A', 'a slash in a name'],
    ['/zones/example.com/rrsets//A', 'no name'],
    ['/__proto__', 'a name of JavaScript'],
    ['', 'nothing'],
    ['/', 'only a slash'],
  ])('refuses %j: %s', (path) => {
    expect(methodsOf(path)).toEqual([])
  })

  test('an apex and a wildcard may be encoded, and are the same', () => {
    const at = (name: string) => matchOperation('GET', `/zones/example.com/rrsets/${name}/A`)?.ids['rr_name']
    expect([at('@'), at('%40'), at('*'), at('%2A'), at('%2a.dev'), at('*.dev')]).toEqual([
      '@',
      '@',
      '*',
      '*',
      '*.dev',
      '*.dev',
    ])
  })

  test('the largest exact id is one', () => {
    expect(matchOperation('GET', '/servers/9007199254740991')?.ids).toEqual({ id: '9007199254740991' })
  })

  test('what matches names exactly what will be sent', () => {
    const words =
      'servers zones actions rrsets example.com www A @ * %40 %2A %2F %2e .. . 42 042 9007199254740993 SERVERS ４２ volumes'
    const piece = fc.constantFrom(...words.split(' '), 'attach_iso', '', '//', '?', '#', ' ')
    const path = fc.array(fc.oneof(piece, piece, fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 8 })
    const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'get', 'HEAD')
    fc.assert(
      fc.property(method, path, (method, pieces) => {
        const raw = `/${pieces.join('/')}`
        const match = matchOperation(method, raw)
        if (!match) return
        const sent = fillPath(match.operation, match.ids)
        expect(match.operation.method).toBe(method)
        expect(matchOperation(method, sent)).toEqual(match)
        expect(new URL(`https://h/v1${sent}`).pathname).toBe(`/v1${sent}`)
        expect(decodeURIComponent(sent)).toBe(raw.replaceAll('%40', '@').replaceAll(/%2A/gi, '*'))
        for (const id of Object.values(match.ids)) expect(id).toMatch(/^[\x21-\x7e]+$/)
      }),
      { numRuns: 20_000 },
    )
  })

  test('one changed character never reaches another operation of the same ids', () => {
    const chosen = fc.constantFrom(...operations)
    fc.assert(
      fc.property(
        chosen,
        fc.nat(),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }),
        (operation, at, text) => {
          const path = example(operation.path)
          const place = at % (path.length + 1)
          const match = matchOperation(operation.method, path.slice(0, place) + text + path.slice(place))
          if (!match) return
          for (const value of Object.values(match.ids)) expect(value).toMatch(/^[a-zA-Z0-9@*._-]+$/)
          expect(match.operation.path.split('/').length).toBe(
            (path.slice(0, place) + text + path.slice(place)).split('/').length,
          )
        },
      ),
      { numRuns: 20_000 },
    )
  })
})
