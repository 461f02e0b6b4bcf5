type Page = { documentElement: { lang: string } }

/** The language of the page; English where there is no page. */
function pageLanguage(): string {
  const { document } = globalThis as { document?: Page }
  return document?.documentElement.lang || 'en'
}

/** The person's language for Intl, with Latin digits everywhere: addresses, sizes and prices are compared all day. */
export function intlLocale(locale: string = pageLanguage()): string {
  return `${locale}-u-nu-latn`
}
