import type { Attempt } from './attempts.ts'

/** What stands in the place of a resource: `out` may be filled with something that never was. */
export type Fill = (kind: string, whose: string, index: number) => { id: number; name: string }

export interface Rendered {
  method: string
  url: string
  headers: Record<string, string>
  body: string | undefined
  /** The resources it names, outside the scope. */
  named: { id: number; name: string }[]
}

const token = /\{\{([a-z_:]+)\.(in|out|none)\.(\d)\.(\w+)\}\}/g
const wide = (text: string, zero: number) =>
  [...text].map((digit) => String.fromCodePoint(zero + Number(digit))).join('')

/** The resource as it stands in a path, a query or a header. */
function inText(form: string, { id, name }: { id: number; name: string }): string {
  const text = String(id)
  const written: Record<string, string> = {
    name,
    upper: name.toUpperCase(),
    float: `${text}.0`,
    power: `${text[0]}.${text.slice(1)}e${text.length - 1}`,
    zero: `0${text}`,
    minus: `-${text}`,
    plus: `+${text}`,
    hex: `0x${id.toString(16)}`,
    percent: `%3${text[0]}${text.slice(1)}`,
    wide: wide(text, 0xff10),
    arabic: wide(text, 0x660),
    space: `${text}%20`,
    nul: `${text}%00`,
    list: `${text},${text}`,
    object: `{"id":${text}}`,
    huge: String(2n ** 64n + BigInt(id)),
    dot: `${text}.`,
    slash: `%2f${text}`,
    semicolon: `${text};x`,
    text: `'${text}'`,
  }
  return written[form] ?? text
}

/** The resource as JSON has it. */
function inJson(form: string, { id, name }: { id: number; name: string }): string {
  const text = String(id)
  const written: Record<string, string> = {
    id: text,
    name: JSON.stringify(name),
    upper: JSON.stringify(name.toUpperCase()),
    float: `${text}.0`,
    power: `${text[0]}.${text.slice(1)}e${text.length - 1}`,
    minus: `-${text}`,
    list: `[${text}]`,
    object: `{"id":${text}}`,
    huge: String(2n ** 64n + BigInt(id)),
    nul: `"${text}\\u0000"`,
    space: `" ${text}"`,
    text: `"${text}"`,
  }
  return written[form] ?? JSON.stringify(inText(form, { id, name }))
}

/** The request as it is sent. `baseOf` turns the way to address the gateway into an address. */
export function render(attempt: Attempt, baseOf: (base: string) => string, fill: Fill): Rendered {
  const named: Rendered['named'] = []
  const found = (kind: string, whose: string, index: string) => {
    const resource = fill(kind, whose, Number(index))
    if (whose === 'out') named.push(resource)
    return resource
  }
  const text = (template: string) =>
    template.replace(token, (_, kind: string, whose: string, index: string, form: string) =>
      inText(form, found(kind, whose, index)),
    )
  const url = baseOf(attempt.base) + text(attempt.path)
  const headers = Object.fromEntries(Object.entries(attempt.headers).map(([name, value]) => [name, text(value)]))
  const quoted = new RegExp(`"${token.source}"`, 'g')
  const body = attempt.body?.replace(quoted, (_, kind: string, whose: string, index: string, form: string) =>
    inJson(form, found(kind, whose, index)),
  )
  return { method: attempt.method, url, headers, body: body === undefined ? undefined : text(body), named }
}
