import { getLocale, overwriteGetLocale, setLocale, type locales } from '#lib/paraglide/runtime.js'

export type Locale = (typeof locales)[number]

const rightToLeft: readonly string[] = ['ar', 'fa', 'he', 'ur']

/** Each language named in itself. */
export const localeNames: Record<Locale, string> = { en: 'English', ar: 'العربية' }

export const directionOf = (locale: string): 'ltr' | 'rtl' => (rightToLeft.includes(locale) ? 'rtl' : 'ltr')

/**
 * Settles the language for as long as this page lives, and writes it and its direction on the document; called once,
 * before the first render. (Reading storage again for every message would cost a long list dearly.)
 */
export function applyLocale(): void {
  const locale = getLocale()
  overwriteGetLocale(() => locale)
  document.documentElement.lang = locale
  document.documentElement.dir = directionOf(locale)
}

/** Remembers the language and reloads: messages are compiled functions, and a reload is the one way none stays behind. */
export function chooseLocale(locale: Locale): void {
  void setLocale(locale)
}
