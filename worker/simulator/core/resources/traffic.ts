import { noise } from '../random.ts'
import { DAY } from '../time.ts'

interface Metered {
  id: number
  created: number
  offSince: number | null
}

/** Bytes since the start of the calendar month, updated once a day so that an idle fleet reads the same twice. */
export function traffic(row: Metered, now: number, direction: 'in' | 'out'): number {
  const today = Math.floor(now / DAY) * DAY
  const month = new Date(today)
  const from = Math.max(row.created, Date.UTC(month.getUTCFullYear(), month.getUTCMonth(), 1))
  const days = Math.max(0, (Math.min(row.offSince ?? today, today) - from) / DAY)
  const perDay = (direction === 'out' ? 9e9 : 4e9) * (0.2 + 3 * noise(row.id, 'traffic', direction) ** 3)
  return Math.round(days * perDay)
}
