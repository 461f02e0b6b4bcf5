/** First match wins: nearly every browser also claims to be the ones it descends from. */
const browsers: readonly [RegExp, string][] = [
  [/\bEdgA?\/|\bEdgiOS\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bHeadlessChrome\/|\bChrome\/|\bCriOS\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
]
const systems: readonly [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
]
const find = (table: readonly [RegExp, string][], text: string) => table.find(([pattern]) => pattern.test(text))?.[1]

export interface Browser {
  /** "Firefox · Windows"; null when nothing is known. Proper names, the same in every language. */
  words: string | null
  handheld: boolean
}

/** What a browser says of itself, as far as a person can use it to tell devices apart. It may lie; nothing relies on it. */
export function describeBrowser(userAgent: string | null): Browser {
  const text = userAgent ?? ''
  const words = [find(browsers, text), find(systems, text)].filter(Boolean).join(' · ')
  return { words: words || null, handheld: /\b(iPhone|iPad|Android|Mobile)\b/.test(text) }
}
