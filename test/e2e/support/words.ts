import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export type Locale = 'en' | 'ar'

const messages = join(import.meta.dirname, '..', '..', '..', 'web', 'messages')

/**
 * What the dashboard says, by message key, so that one test runs in every language.
 * A plural gives its `other` form; `{name}` is filled from `values`. @throws for a key that does not exist
 */
export function wordsOf(locale: Locale) {
  const all = new Map<string, string | Record<string, string>>()
  for (const file of readdirSync(join(messages, locale))) {
    const texts = JSON.parse(readFileSync(join(messages, locale, file), 'utf8')) as Record<string, string>
    for (const [key, text] of Object.entries(texts)) all.set(key, text)
  }
  return (key: string, values: Record<string, string | number> = {}): string => {
    const message = all.get(key)
    if (message === undefined) throw new Error(`There is no message "${key}" in ${locale}`)
    const text = typeof message === 'string' ? message : (message['other'] ?? '')
    return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
  }
}

export type Words = ReturnType<typeof wordsOf>
