import { api, call } from '#lib/api/index.ts'
import { chooseLocale, type Locale } from '#lib/i18n/locale.ts'
import { getLocale } from '#lib/paraglide/runtime.js'
import { session, type Me } from './session.svelte.ts'
import { theme, type ThemeChoice } from './theme.svelte.ts'

export type { ThemeChoice }

/** The chosen theme, reactive: light, dark, or as the system has it. */
export const themeChoice = (): ThemeChoice => theme.choice

/** Changes the theme here at once and remembers it with the account. @throws ApiError when it could not be remembered. */
export async function chooseTheme(choice: ThemeChoice): Promise<void> {
  theme.choose(choice)
  if (session.user) session.set(await call(api.PATCH('/api/v1/me', { body: { theme: choice } })))
}

/** Remembers the language with the account, then reloads in it. @throws ApiError when it could not be remembered. */
export async function chooseLanguage(locale: Locale): Promise<void> {
  if (session.user) session.set(await call(api.PATCH('/api/v1/me', { body: { locale } })))
  chooseLocale(locale)
}

/** Once after signing in: a person's language and theme follow them to every device. */
export function adoptPreferences(me: Me): void {
  if (me.theme !== theme.choice) theme.choose(me.theme)
  if (me.locale !== null && me.locale !== getLocale()) chooseLocale(me.locale)
}
