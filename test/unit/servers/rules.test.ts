import { describe, expect, it } from 'vitest'
import { annotateServerInput, listServersInput } from '../../../worker/features/servers/inputs.ts'
import { attentionOf, normaliseTags } from '../../../worker/features/servers/rules.ts'
import { TtlCache } from '../../../worker/features/servers/ttl-cache.ts'

describe('attention', () => {
  const well = { status: 'running', typeDeprecatedAt: null, rescue: false, accountState: 'ok' }
  it.each([
    [{}, []],
    [{ status: 'off' }, ['off']],
    [{ status: 'unknown' }, ['status_unknown']],
    [{ status: 'starting' }, []],
    [{ typeDeprecatedAt: 0 }, ['type_deprecated']],
    [{ rescue: true }, ['rescue']],
    [{ accountState: 'revoked' }, ['project_unreadable']],
    [{ accountState: 'unreachable' }, ['project_unreadable']],
    [{ accountState: 'outage' }, ['project_unreadable']],
    [{ accountState: 'pending' }, []],
    [{ status: 'off', rescue: true, accountState: 'outage' }, ['off', 'rescue', 'project_unreadable']],
  ])('%j: %j', (facts, reasons) => expect(attentionOf({ ...well, ...facts })).toEqual(reasons))
})

describe('tags', () => {
  it('have one form each', () => {
    expect(normaliseTags([' Web ', 'web', 'WEB', 'two  words', '', '  ', 'Cafe\u0301', 'CAFÉ'])).toEqual([
      'web',
      'two words',
      'café',
    ])
  })
})

describe('metadata', () => {
  const accepted = (patch: object) => annotateServerInput.safeParse(patch).success
  it('is trimmed, and empty means none', () => {
    expect(annotateServerInput.parse({ displayName: ' Shop ', project: '  ', notes: ' a\nb ' })).toMatchObject({
      displayName: 'Shop',
      project: null,
      notes: 'a\nb',
    })
  })

  it.each([
    ['nothing to change', {}],
    ['an unknown field alone', { name: 'x' }],
    ['two lines in a name', { displayName: 'a\nb' }],
    ['a long name', { displayName: 'x'.repeat(101) }],
    ['a long tag', { tags: ['x'.repeat(51)] }],
    ['too many tags', { tags: Array.from({ length: 21 }, (_, i) => `t${i}`) }],
    ['long notes', { notes: 'x'.repeat(10_001) }],
    ['no list of tags', { tags: 'web' }],
  ])('%s is refused', (_name, patch) => expect(accepted(patch)).toBe(false))

  it('duplicates do not count as tags', () => {
    const tags = Array.from({ length: 40 }, (_, i) => `t${i % 20}`)
    expect(annotateServerInput.parse({ tags }).tags).toHaveLength(20)
  })
})

describe('the list’s query', () => {
  it('takes lists by comma or by repetition; free text keeps its commas', () => {
    const query = { status: 'off,running', location: ['fsn1', 'hel1,nbg1'], project: 'a,b', tag: ['x', 'y'] }
    expect(listServersInput.parse(query)).toMatchObject({
      status: ['off', 'running'],
      location: ['fsn1', 'hel1', 'nbg1'],
      project: ['a,b'],
      tag: ['x', 'y'],
      sort: 'name',
      limit: 50,
    })
  })

  it.each([{ status: 'on' }, { sort: 'id' }, { sort: 'name; DROP TABLE servers' }, { limit: '0' }, { limit: '201' }])(
    '%j is refused',
    (query) => expect(listServersInput.safeParse(query).success).toBe(false),
  )
})

describe('values that are good for a while', () => {
  it('end on time, and the oldest make room', () => {
    const cache = new TtlCache<string>(2)
    cache.set('a', 'A', 10)
    expect([cache.get('a', 9), cache.get('a', 10)]).toEqual(['A', undefined])
    cache.set('a', 'A', 10)
    cache.set('b', 'B', 10)
    cache.set('a', 'A2', 10)
    cache.set('c', 'C', 10)
    expect([cache.get('a', 0), cache.get('b', 0), cache.get('c', 0)]).toEqual(['A2', undefined, 'C'])
  })
})
