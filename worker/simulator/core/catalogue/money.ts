/** Net amounts are decimal strings; gross adds the VAT of the project's owner. Integer arithmetic throughout. */
export const VAT_RATE = '19.00'
export const CURRENCY = 'EUR'

const NET_DIGITS = 10
const HOURS_PER_MONTH = 624

export interface Price {
  net: string
  gross: string
}

/** A price from a net amount like "5.49", in the varying scales that the provider sends. */
export function price(net: string): Price {
  const scaled = toScaled(net)
  const gross = scaled * (10_000n + BigInt(VAT_RATE.replace('.', '')))
  return { net: fromScaled(scaled, NET_DIGITS), gross: fromScaled(gross * 100n, NET_DIGITS + 6) }
}

/** Hourly net of a monthly net: monthly / 624, to four digits (FACTS §10). */
export function hourlyOf(monthly: string): string {
  const perHour =
    (toScaled(monthly) * 2n + BigInt(HOURS_PER_MONTH) * 1_000_000n) / (BigInt(HOURS_PER_MONTH) * 2_000_000n)
  return fromScaled(perHour, 4)
}

function toScaled(amount: string): bigint {
  const [whole = '0', fraction = ''] = amount.split('.')
  return BigInt(whole + fraction.padEnd(NET_DIGITS, '0'))
}

function fromScaled(value: bigint, digits: number): string {
  const text = value.toString().padStart(digits + 1, '0')
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`
}
