import { formatDate } from '#lib/format/time.ts'
import { m } from '#lib/paraglide/messages.js'

export interface DayGroup<Row> {
  key: string
  label: string
  rows: Row[]
}

/** Rows in their order, under the day of the person's time zone that each belongs to. */
export function groupByDay<Row>(rows: readonly Row[], atOf: (row: Row) => string, now: number): DayGroup<Row>[] {
  const groups: DayGroup<Row>[] = []
  for (const row of rows) {
    const date = new Date(atOf(row))
    const key = date.toDateString()
    const last = groups.at(-1)
    if (last?.key === key) last.rows.push(row)
    else groups.push({ key, label: dayLabel(date, now), rows: [row] })
  }
  return groups
}

function dayLabel(date: Date, now: number): string {
  const today = new Date(now)
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1)
  if (date.toDateString() === today.toDateString()) return m.audit_today()
  if (date.toDateString() === yesterday.toDateString()) return m.audit_yesterday()
  return formatDate(date)
}
