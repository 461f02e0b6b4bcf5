import { describe, expect, it } from 'vitest'
import { passwordProblem } from '../../../worker/features/identity/passwords/policy.ts'

const ada = { name: 'Ada Lovelace', email: 'ada.lovelace@example.com' }

describe('a password', () => {
  it.each([
    'four quiet words here',
    'Xk2#vP9!qLm4',
    'كلمة مرور طويلة جدا',
    '😀😁😂🤣😃😄😅😆😉😊😋😎',
    'x'.repeat(200) + 'abc',
  ])('like %s is taken: length counts, no rules about characters', (password) => {
    expect(passwordProblem(password, ada)).toBeNull()
  })

  it.each([
    ['eleven char', 'too_short'],
    ['😀😁😂🤣😃😄', 'too_short'],
    [`${'abcd'.repeat(64)}e`, 'too_long'],
    ['aaaaaaaaaaaaaaaa', 'too_simple'],
    ['abababababababab', 'too_simple'],
    ['passwordpassword', 'common'],
    ['Password-12345!', 'common'],
    ['qwertyuiop123', 'common'],
    ['ada.lovelace@example.com', 'personal'],
    ['AdaLovelace1842', 'personal'],
    ['lovelace.ada.lovelace'.slice(9) + '12', 'personal'],
  ])('like %s is not', (password, reason) => {
    expect(passwordProblem(password, ada)).toBe(reason)
  })
})
