import { intlLocale } from './locale.ts'

/** A number with the grouping of the person's language. */
export function formatNumber(value: number, options: Intl.NumberFormatOptions = {}, locale?: string): string {
  return new Intl.NumberFormat(intlLocale(locale), options).format(value)
}

/** 0.42 → "42 %". */
export function formatPercent(ratio: number, digits = 0, locale?: string): string {
  return formatNumber(ratio, { style: 'percent', maximumFractionDigits: digits }, locale)
}
