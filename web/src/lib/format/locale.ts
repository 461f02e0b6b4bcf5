import { getLocale } from '#lib/paraglide/runtime.js'

/** The person's language for Intl, with Latin digits everywhere: addresses, sizes and prices are compared all day. */
export function intlLocale(locale: string = getLocale()): string {
  return `${locale}-u-nu-latn`
}
