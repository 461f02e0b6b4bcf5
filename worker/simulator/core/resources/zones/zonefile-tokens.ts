export interface ZonefileLine {
  number: number
  tokens: string[]
  /** Begins with blanks: it is about the name of the line before. */
  isContinued: boolean
}

const TOKEN = /"(?:[^"\\\n]|\\.)*"|;[^\n]*|[()]|\n|(?:[^\s"();\\]|\\.)+/g

/** Lines of a zone file as their words: comments are gone, and what stands in parentheses is one line. */
export function tokenize(text: string): ZonefileLine[] {
  const source = text.replaceAll('\r\n', '\n')
  const lines: ZonefileLine[] = []
  let current: ZonefileLine | null = null
  let number = 1
  let depth = 0
  for (const { 0: token, index } of source.matchAll(TOKEN)) {
    if (token === '\n') {
      number++
      if (depth === 0) current = null
    } else if (token === '(' || token === ')') depth = Math.max(0, depth + (token === '(' ? 1 : -1))
    else if (!token.startsWith(';')) {
      if (!current) {
        const before = source[index - 1]
        current = { number, tokens: [], isContinued: before === ' ' || before === '\t' }
        lines.push(current)
      }
      current.tokens.push(token)
    }
  }
  return lines
}
