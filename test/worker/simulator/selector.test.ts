import { describe, expect, test } from 'vitest'
import { parseSelector } from '../../../worker/simulator/core/selector.ts'
import { labelProblems } from '../../../worker/simulator/core/labels.ts'

const labels = { env: 'production', role: 'web', empty: '', 'example.com/tier': 'gold' }

describe('a selector matches', () => {
  test.each([
    ['', true],
    ['  ', true],
    ['env', true],
    ['empty', true],
    ['absent', false],
    ['!absent', true],
    ['!env', false],
    ['env=production', true],
    ['env==production', true],
    ['env = production', true],
    ['env=staging', false],
    ['empty=', true],
    ['env=', false],
    ['env!=staging', true],
    ['env!=production', false],
    ['absent!=anything', true],
    ['env in (staging,production)', true],
    ['env in ( staging , production )', true],
    ['env in(production)', true],
    ['env in (staging)', false],
    ['absent in (a)', false],
    ['env notin (staging)', true],
    ['env notin (production,staging)', false],
    ['absent notin (a)', true],
    ['example.com/tier=gold', true],
    ['env=production,role=web', true],
    ['env=production, role=db', false],
    ['env in (production,staging),role notin (db,cache),!absent', true],
  ])('%s → %s', (selector, expected) => {
    expect(parseSelector(selector)(labels)).toBe(expected)
  })
})

describe('a malformed selector is refused and says where', () => {
  test.each([
    ['env production', 'invalid label_selector: expected comma at pos 4'],
    ['=production', 'invalid label_selector: invalid identifier at position 0'],
    [',env', 'invalid label_selector: invalid identifier at position 0'],
    ['env,', 'invalid label_selector: invalid identifier at position 4'],
    ['env in production', 'invalid label_selector: expected opening parenthesis at pos 7'],
    ['env in (a', 'invalid label_selector: expected comma or closing parenthesis at pos 9'],
    ['env=a b', 'invalid label_selector: expected comma at pos 6'],
    ['env>1', 'invalid label_selector: expected comma at pos 3'],
    ['-env', 'invalid label_selector: invalid identifier at position 0'],
    ['env=-a', 'invalid label_selector: invalid identifier at position 4'],
  ])('%s', (selector, message) => {
    expect(() => parseSelector(selector)).toThrow(message)
  })
})

test.each([
  [{ env: 'production', 'example.com/a_b': '' }, 0],
  [{ '-env': 'a' }, 1],
  [{ env: 'no spaces' }, 1],
  [{ env: 1 }, 1],
  [{ 'hetzner.cloud/x': 'reserved' }, 1],
  [{ ['k'.repeat(64)]: 'too long' }, 2],
  [{ ok: 'v'.repeat(64) }, 1],
  [['no map'], 1],
])('labels %j have %i problems', (map, problems) => {
  expect(labelProblems(map)).toHaveLength(problems)
})
