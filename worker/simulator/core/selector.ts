import { invalidInput, type ApiError } from './errors.ts'
import type { Labels } from './types.ts'

type Test = (labels: Labels) => boolean

const KEY = /^(?:[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?/
const VALUE = /^(?:[A-Za-z0-9](?:[-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?)?/
const WORD_CHARACTER = /[-_.A-Za-z0-9/]/

/**
 * Parses a label selector (FACTS §5): terms joined by commas (AND), `k`, `!k`, `k=v`, `k==v`, `k!=v`,
 * `k in (a,b)`, `k notin (a,b)`. `!=` and `notin` also match resources that lack the key.
 * An empty selector matches everything. Malformed: 422 invalid_input.
 */
export function parseSelector(text: string): Test {
  const parser = new Parser(text)
  const tests = parser.parse()
  return (labels) => tests.every((test) => test(labels))
}

class Parser {
  private at = 0
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  parse(): Test[] {
    const tests: Test[] = []
    this.skipSpaces()
    if (this.at === this.text.length) return tests
    for (;;) {
      tests.push(this.term())
      this.skipSpaces()
      if (this.at === this.text.length) return tests
      if (!this.eat(',')) throw this.fail('expected comma at pos')
      this.skipSpaces()
    }
  }

  private term(): Test {
    if (this.eat('!')) {
      this.skipSpaces()
      const absent = this.key()
      return (labels) => !Object.hasOwn(labels, absent)
    }
    const key = this.key()
    this.skipSpaces()
    if (this.eat('!=')) {
      const value = this.value()
      return (labels) => !Object.hasOwn(labels, key) || labels[key] !== value
    }
    if (this.eat('==') || this.eat('=')) {
      const value = this.value()
      return (labels) => Object.hasOwn(labels, key) && labels[key] === value
    }
    const operator = /^(in|notin)(?=[ (])/.exec(this.rest())?.[1]
    if (!operator) return (labels) => Object.hasOwn(labels, key)
    this.at += operator.length
    const values = this.valueList()
    return operator === 'in'
      ? (labels) => Object.hasOwn(labels, key) && values.has(labels[key] ?? '')
      : (labels) => !Object.hasOwn(labels, key) || !values.has(labels[key] ?? '')
  }

  private valueList(): Set<string> {
    this.skipSpaces()
    if (!this.eat('(')) throw this.fail('expected opening parenthesis at pos')
    const values = new Set<string>()
    for (;;) {
      values.add(this.value())
      this.skipSpaces()
      if (this.eat(')')) return values
      if (!this.eat(',')) throw this.fail('expected comma or closing parenthesis at pos')
    }
  }

  private key(): string {
    return this.word(KEY, true)
  }

  private value(): string {
    this.skipSpaces()
    return this.word(VALUE, false)
  }

  private word(pattern: RegExp, required: boolean): string {
    const word = pattern.exec(this.rest())?.[0] ?? ''
    const next = this.text[this.at + word.length]
    if ((required && word === '') || (next !== undefined && WORD_CHARACTER.test(next))) {
      throw this.fail('invalid identifier at position')
    }
    this.at += word.length
    return word
  }

  private rest(): string {
    return this.text.slice(this.at)
  }

  private eat(token: string): boolean {
    if (!this.text.startsWith(token, this.at)) return false
    this.at += token.length
    return true
  }

  private skipSpaces(): void {
    while (this.text[this.at] === ' ') this.at++
  }

  private fail(problem: string): ApiError {
    const message = `invalid label_selector: ${problem} ${this.at}`
    return invalidInput([{ name: 'label_selector', messages: [message] }], message)
  }
}
