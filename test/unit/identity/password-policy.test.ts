import { describe, expect, it } from 'vitest'
import { passwordProblem } from '../../../worker/features/identity/passwords/policy.ts'

const ada = { name: 'Ada Lovelace', email: 'ada.lovelace@example.com' }

describe('a password', () => {
  it.each(['four quiet words here', 'Xk2#vP9!qLm4', 'كلمة مرور طويلة جدا', '😀😁😂🤣😃😄😅😆😉😊😋😎', 'x'.repeat(200) + 'abc'])(
    'like %s is taken: length counts, no rules about characters',
    (password) => {
      expect(passwordProblem(password, ada)).toBeNull()
    },
  )

  it.each([
    ['eleven char', /at least 12/],
    ['😀😁😂🤣😃😄', /at least 12/],
    [`${'abcd'.repeat(64)}e`, /at most 256/],
    ['aaaaaaaaaaaaaaaa', /different/],
    ['abababababababab', /different/],
    ['passwordpassword', /tried first/],
    ['Password-12345!', /tried first/],
    ['qwertyuiop123', /tried first/],
    ['ada.lovelace@example.com', /your name or your address/],
    ['AdaLovelace1842', /your name or your address/],
    ['lovelace.ada.lovelace'.slice(9) + '12', /your name or your address/],
  ])('like %s is not', (password, reason) => {
    expect(passwordProblem(password, ada)).toMatch(reason)
  })
})
