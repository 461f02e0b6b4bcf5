import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

type Message = string | Record<string, string>
type Messages = Record<string, Message>

const folder = join(import.meta.dirname, '../../../web/messages')
const settings = JSON.parse(readFileSync(join(folder, '../project.inlang/settings.json'), 'utf8')) as {
  locales: string[]
  features: string[]
}
const read = (locale: string, file: string) => JSON.parse(readFileSync(join(folder, locale, file), 'utf8')) as Messages

const placeholders = (text: string) => [...new Set(text.match(/\{[a-zA-Z][a-zA-Z0-9]*\}/g) ?? [])].sort()
const placeholdersOf = (message: Message) =>
  typeof message === 'string' ? placeholders(message) : placeholders(Object.values(message).join(' '))

/** Every form the language has; a missing one falls back to `other`, which is wrong grammar. */
const categories = (locale: string) => new Intl.PluralRules(locale).resolvedOptions().pluralCategories

describe('messages', () => {
  const files = readdirSync(join(folder, 'en')).sort()

  it('compile every file there is', () => {
    expect([...settings.features].map((feature) => `${feature}.json`).sort()).toEqual(files)
  })

  it('have no key twice in one language', () => {
    const keys = files.flatMap((file) => Object.keys(read('en', file)))
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
  })

  for (const locale of settings.locales.filter((other) => other !== 'en')) {
    it(`say in ${locale} everything that is said in English, and nothing else`, () => {
      expect(readdirSync(join(folder, locale)).sort()).toEqual(files)
      for (const file of files) {
        expect(Object.keys(read(locale, file)).sort(), file).toEqual(Object.keys(read('en', file)).sort())
      }
    })

    it(`fill the same blanks in ${locale}`, () => {
      for (const file of files) {
        const english = read('en', file)
        for (const [key, message] of Object.entries(read(locale, file))) {
          expect(typeof message, key).toBe(typeof english[key])
          expect(placeholdersOf(message), key).toEqual(placeholdersOf(english[key] ?? ''))
        }
      }
    })
  }

  for (const locale of settings.locales) {
    it(`know every plural of ${locale}`, () => {
      for (const file of files) {
        for (const [key, message] of Object.entries(read(locale, file))) {
          if (typeof message === 'string') expect(message.trim(), key).not.toBe('')
          else expect(Object.keys(message).sort(), key).toEqual([...categories(locale)].sort())
        }
      }
    })
  }
})
