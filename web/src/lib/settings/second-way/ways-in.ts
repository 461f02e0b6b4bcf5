import type { components } from '#lib/api/schema.d.ts'
import { toApiError } from '#lib/errors/api-error.ts'
import { m } from '#lib/paraglide/messages.js'

export type WaysIn = components['schemas']['WaysIn']

const problems: Record<string, () => string> = {
  too_short: m.settings_password_too_short,
  too_long: m.settings_password_too_long,
  too_simple: m.settings_password_too_simple,
  common: m.settings_password_common,
  personal: m.settings_password_personal,
}

/** Why the API did not take a password, in the reader's language; undefined when it was something else. */
export const passwordRefusal = (error: unknown): string | undefined =>
  error ? problems[String(toApiError(error).meta['problem'])]?.() : undefined
