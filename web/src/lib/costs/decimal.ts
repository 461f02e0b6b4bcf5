/**
 * Compares two plain, non-negative decimal strings exactly, of any length: no binary float decides an order.
 * @returns negative, 0 or positive, as `sort` wants it
 */
export function compareDecimals(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)]
  if (left.whole.length !== right.whole.length) return left.whole.length - right.whole.length
  const digits = Math.max(left.fraction.length, right.fraction.length)
  const [x, y] = [left, right].map(({ whole, fraction }) => whole + fraction.padEnd(digits, '0')) as [string, string]
  return x === y ? 0 : x < y ? -1 : 1
}

function parts(text: string): { whole: string; fraction: string } {
  const [whole = '', fraction = ''] = text.split('.')
  return { whole: whole.replace(/^0+/, ''), fraction: fraction.replace(/0+$/, '') }
}

export const isZero = (text: string): boolean => !/[1-9]/.test(text)

/** How much of `whole` a part is, 0–1. For the length of a bar, never for an amount. */
export function ratioOf(part: string, whole: string): number {
  const size = Number(whole)
  return size > 0 ? Math.min(1, Number(part) / size) : 0
}
