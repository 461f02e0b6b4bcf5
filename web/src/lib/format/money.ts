import { intlLocale } from './locale.ts'

/**
 * A decimal string as money. Nothing is computed here: the string goes to Intl as it is (Intl takes decimal strings
 * exactly), so no amount ever passes through a binary float. Rates below a cent keep up to four digits.
 */
export function formatMoney(amount: string, currency: string, locale?: string): string {
  const small = /^-?0?\.0?\d/.test(amount) && /^-?0?\.0/.test(amount) && /[1-9]/.test(amount)
  const format = new Intl.NumberFormat(intlLocale(locale), {
    style: 'currency',
    currency,
    minimumFractionDigits: 2,
    maximumFractionDigits: small ? 4 : 2,
  })
  return format.format(amount as Intl.StringNumericLiteral)
}
