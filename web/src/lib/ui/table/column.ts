import type { Snippet } from 'svelte'

export type Column<Row> = {
  id: string
  label: string
  cell: Snippet<[Row]>
  /** A CSS grid track: "minmax(180px, 2fr)", "120px". */
  track?: string
  align?: 'start' | 'end'
  sortable?: boolean
  /** Width of the window under which the column is left out. */
  hideBelow?: 'lg' | 'xl'
}

export type Sort = { column: string; direction: 'asc' | 'desc' }

/** The sort after a click on a column's heading: first ascending, then the other way. */
export function nextSort(current: Sort | null, column: string): Sort {
  if (current?.column !== column) return { column, direction: 'asc' }
  return { column, direction: current.direction === 'asc' ? 'desc' : 'asc' }
}

/** The grid tracks of the columns, with one in front for the check box. */
export function tracksOf<Row>(columns: readonly Column<Row>[], selectable: boolean): string {
  const tracks = columns.map((column) => column.track ?? 'minmax(96px, 1fr)')
  return [...(selectable ? ['40px'] : []), ...tracks].join(' ')
}
