import { KINDS } from '../../../worker/simulator/core/types.ts'

/** Ids of kinds begin far apart, and no test makes this many of one kind. */
const idsOfAKind = 100_000
const ranges = Object.values(KINDS).filter((first) => first > 1_000)

const isId = (value: number): boolean => ranges.some((first) => value >= first && value < first + idsOfAKind)

const patterns: [kind: string, pattern: RegExp][] = [
  // The same moment once as machines and once as people write it; how long ago it is; the console's token.
  ['time', /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)/g],
  ['time', /\b\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d UTC \d{4}(?: \((?:now|[^)]+ ago)\))?/g],
  ['mac', /\b86:00(?::[0-9a-f]{2}){4}\b/g],
  ['ipv6', /\b2001:db8:[0-9a-f:]+/g],
  ['ptr', /\bstatic\.[\d.]+\.clients\.your-server\.de\b/g],
  ['ipv4', /\b198\.1[89]\.\d+\.\d+\b/g],
  ['token', /(?<=token=)[0-9a-f]{32}\b/g],
  ['password', /(?<=[Pp]assword[^:]{0,40}: ?"?|with root password: )[A-Za-z0-9]{12,20}\b/g],
]
const numbers = /(?<![\d.])\d{6,}(?![\d.])/g
/** Moments and secrets come anew with each answer; of the others it matters which is which. */
const unnumbered = new Set(['time', 'password', 'token'])

/** Puts names in the place of what no two runs share: `<id 3>` is the third id that this run has shown. */
export class Names {
  readonly #known = new Map<string, string>()
  readonly #count = new Map<string, number>()

  text(value: string): string {
    let text = value
    for (const [kind, pattern] of patterns) text = text.replace(pattern, (found) => this.#nameOf(kind, found))
    return text.replace(numbers, (found) => (isId(Number(found)) ? this.#nameOf('id', found) : found))
  }

  /** The same of every text, key and id within a parsed answer. */
  json(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value)
    if (typeof value === 'number') return isId(value) ? this.#nameOf('id', String(value)) : value
    if (Array.isArray(value)) return value.map((one) => this.json(one))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [this.text(key), this.#field(key, one)]))
  }

  /** How much is on a disk is the server's own. */
  #field(key: string, value: unknown): unknown {
    if (/password/i.test(key) && typeof value === 'string') return '<password>'
    if (key === 'image_size' && typeof value === 'number') return '<size>'
    return this.json(value)
  }

  #nameOf(kind: string, found: string): string {
    if (unnumbered.has(kind)) return `<${kind}>`
    const known = this.#known.get(`${kind} ${found}`)
    if (known) return known
    const number = (this.#count.get(kind) ?? 0) + 1
    this.#count.set(kind, number)
    const name = `<${kind} ${number}>`
    this.#known.set(`${kind} ${found}`, name)
    return name
  }
}
