export interface Budget {
  name: string
  value: string
  held: boolean
}

export interface Section {
  title: string
  text: string
  head: string[]
  rows: string[][]
  budgets: Budget[]
}

export const row = (...cells: string[]): string[] => cells
export const ratio = (value: number): string => `${value.toFixed(1)} ×`

const table = (head: string[], rows: string[][]) =>
  [head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

const budgets = (list: Budget[]) =>
  table(
    ['budget', 'measured', 'held'],
    list.map((each) => [each.name, each.value, each.held ? 'yes' : '**no**']),
  )

/** One section of docs/benchmarks.md. */
export function toMarkdown({ title, text, head, rows, budgets: list }: Section): string {
  const parts = [`## ${title}`, text, table(head, rows)]
  if (list.length > 0) parts.push(budgets(list))
  return parts.join('\n\n')
}
