import { intlLocale } from '#lib/format/locale.ts'

/** "Germany" for `DE`, in the person's language; the code itself where it names no country. */
export function countryName(code: string | null): string | null {
  if (!code) return null
  try {
    return new Intl.DisplayNames(intlLocale(), { type: 'region' }).of(code) ?? code
  } catch {
    return code
  }
}
