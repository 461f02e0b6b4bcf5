/** The catalogue writes the same price in varying scale ("5.4900000000"): one spelling, so that equal is equal. */
export function plainDecimal(text: string): string {
  const trimmed = text.replace(/^0+(?=\d)/, '')
  return trimmed.includes('.') ? trimmed.replace(/\.?0+$/, '') : trimmed
}
