import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../../web/messages/ar')
const texts = new Map<string, string | Record<string, string>>()
for (const file of readdirSync(folder)) {
  const messages = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<
    string,
    string | Record<string, string>
  >
  for (const [key, text] of Object.entries(messages)) texts.set(key, text)
}

type Values = Record<string, string | number>

/** One message, in its `other` form where it has several. @throws for a key that does not exist */
export function say(key: string, values: Values = {}): string {
  const message = texts.get(key)
  if (message === undefined) throw new Error(`There is no message "${key}"`)
  const text = typeof message === 'string' ? message : (message['other'] ?? '')
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** In the place of the compiled messages, which exist after a build only: the same texts, in Arabic. */
export const m = new Proxy({}, { get: (_target, key: string) => (values?: Values) => say(key, values) })
