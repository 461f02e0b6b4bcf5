import { describe, expect, it } from 'vitest'
import { matchesLabels, parseLabelSelector } from '../../../worker/kernel/label-selector.ts'

const labels = { env: 'production', role: 'web', empty: '', 'example.com/tier': 'gold' }

describe('a selector means what it means at the provider', () => {
  it.each([
    ['env', true],
    ['empty', true],
    ['absent', false],
    ['!absent', true],
    ['! absent', true],
    ['!env', false],
    ['env=production', true],
    ['env==production', true],
    ['env = production', true],
    ['env=Production', false],
    ['env=staging', false],
    ['empty=', true],
    ['env=', false],
    ['env!=staging', true],
    ['env!=production', false],
    ['absent!=anything', true],
    ['env in (staging,production)', true],
    ['env in ( staging , production )', true],
    ['env in (staging)', false],
    ['absent in (a)', false],
    ['env notin (staging)', true],
    ['env notin (production,staging)', false],
    ['absent notin (a)', true],
    ['example.com/tier=gold', true],
    ['env=production,role=web', true],
    ['env=production, role=db', false],
    ['env in (production,staging),role notin (db,cache),!absent', true],
    // Nothing that every object has by birth is a label.
    ['constructor', false],
    ['!toString', true],
  ])('%s → %s', (selector, expected) => {
    expect(matchesLabels(parseLabelSelector(selector), labels)).toBe(expected)
  })
})

describe('a selector that cannot be read, or would stand for everything, is refused', () => {
  it.each([
    '',
    '  ',
    ',',
    'env,',
    ',env',
    '=production',
    'env production',
    'env in production',
    'env in (a',
    'env=a b',
    'env>1',
    '-env',
    'env=-a',
    'a==b==c',
    `${'a'.repeat(64)}=b`,
    `env=${'b'.repeat(64)}`,
    '((',
  ])('“%s”', (selector) => {
    expect(() => parseLabelSelector(selector)).toThrow(expect.objectContaining({ code: 'invalid_input' }) as Error)
  })
})
