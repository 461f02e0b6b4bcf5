import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const web = join(import.meta.dirname, '..', '..', 'web')
const settings = JSON.parse(readFileSync(join(web, 'project.inlang', 'settings.json'), 'utf8')) as {
  baseLocale: string
  locales: string[]
  features: string[]
}

type Message = string | Record<string, string>

const file = (locale: string, feature: string) => join(web, 'messages', locale, `${feature}.json`)
const messagesOf = (locale: string, feature: string) =>
  JSON.parse(readFileSync(file(locale, feature), 'utf8')) as Record<string, Message>

/** The `{names}` a message takes. */
const placeholders = (message: Message | undefined): string[] => {
  const texts = typeof message === 'string' ? [message] : Object.values(message ?? {})
  return [
    ...new Set(texts.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''))),
  ].toSorted()
}

const others = settings.locales.filter((locale) => locale !== settings.baseLocale)

describe.each(others)('%s', (locale) => {
  test.each(settings.features)('says everything of %s, with the same values in it', (feature) => {
    const base = messagesOf(settings.baseLocale, feature)
    const translated = messagesOf(locale, feature)
    expect(Object.keys(translated).toSorted()).toEqual(Object.keys(base).toSorted())
    for (const [key, message] of Object.entries(base)) {
      // A plural form may do without its count ("one server"), never with a value it does not get.
      const allowed = placeholders(message)
      const used = placeholders(translated[key])
      expect(allowed, key).toEqual(expect.arrayContaining(used))
      if (typeof message === 'string') expect(used, key).toEqual(allowed)
    }
  })

  test('leaves no text empty', () => {
    const empty = settings.features.flatMap((feature) =>
      Object.entries(messagesOf(locale, feature)).filter(([, message]) =>
        (typeof message === 'string' ? [message] : Object.values(message)).some((text) => text.trim() === ''),
      ),
    )
    expect(empty).toEqual([])
  })
})

test('every messages file belongs to a feature that the compiler reads', () => {
  for (const locale of settings.locales) {
    const files = readdirSync(join(web, 'messages', locale)).map((name) => name.replace(/\.json$/, ''))
    expect(files.toSorted()).toEqual(settings.features.toSorted())
    for (const feature of settings.features) expect(existsSync(file(locale, feature))).toBe(true)
  }
})
