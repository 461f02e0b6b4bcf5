import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listFiles } from '../../../worker/cli/lib/hash-sources.ts'
import { say } from '../../support/arabic-messages.ts'

const root = join(import.meta.dirname, '../../..')
interface ErrorInit {
  code: string
  message: string
  status: number
  hint?: string
  words?: string
  meta?: Record<string, string | number>
}
/** By a path of its own: the dashboard's messages have no types here. */
const load = async (name: string) => await import(/* @vite-ignore */ join(root, 'web/src/lib/errors', name))
const { ApiError } = (await load('api-error.ts')) as { ApiError: new (init: ErrorInit) => Error }
const { explainError } = (await load('explain.ts')) as {
  explainError: (error: Error) => { hint: string; detail: string | undefined }
}

/** Every hint the API can give, as the source says it; a variable part stands as an example. */
const hints = listFiles(['worker'])
  .filter((file) => file.endsWith('.ts') && !/worker.(cli|simulator)/.test(file))
  .flatMap((file) => readFileSync(file, 'utf8').match(/\bhint: (?!z\.).*/g) ?? [])
  .flatMap((line) => [...line.matchAll(/(['`])([A-Z][^'`]*\.)\1/g)].map((found) => found[2] ?? ''))
  .map((hint) => hint.replaceAll(/\$\{\w+\}/g, 'servers:power').replaceAll(/\$\{[^}]+\}/g, 'https://nova.example'))

const refused = (init: Partial<ErrorInit>) =>
  explainError(new ApiError({ code: 'conflict', message: 'English.', status: 409, ...init }))

describe('what to do next', () => {
  it('is never said in English to somebody who reads Arabic, whatever the API hints at', () => {
    expect(hints.length).toBeGreaterThan(10)
    const answers = hints.map((english) => ({ english, ...refused({ hint: english }) }))
    // Those without words in web/src/lib/errors/exact-hint.ts.
    expect(answers.flatMap(({ detail }) => detail ?? [])).toEqual([])
    for (const { english, hint } of answers) expect(hint, english).toMatch(/[\u0600-\u06ff]/)
  })

  it('keeps what only the API knows: the permission, the wait, the address', () => {
    expect(refused({ code: 'forbidden', meta: { permission: 'servers:power' } }).hint).toContain('servers:power')
    expect(refused({ code: 'rate_limited', meta: { retryAfterS: 90 } }).hint).toMatch(/1.*30/)
    expect(refused({ hint: 'Open https://nova.example and start again.' }).hint).toContain('https://nova.example')
    expect(refused({ hint: 'Add another one, then remove this one.' }).hint).toBe(say('error_exact_last_passkey'))
  })

  it('is the table’s where the API says nothing more', () => {
    expect(refused({}).hint).toBe(say('error_conflict_hint'))
    expect(refused({ code: 'sign_in_failed', hint: 'Try again, or use a recovery code.' }).hint).toBe(
      say('error_sign_in_failed_hint'),
    )
  })

  it('is not lost where a later API says something new, but is a technical detail', () => {
    const text = refused({ hint: 'Turn the third key.' })
    expect(text.hint).toBe(say('error_conflict_hint'))
    expect(text.detail).toBe('Turn the third key.')
  })

  it('is what the page itself has to say, where it says something', () => {
    expect(refused({ words: 'بكلماتنا', hint: 'English.' })).toMatchObject({ hint: 'بكلماتنا', detail: undefined })
  })
})
