import { invalidField } from '../errors.ts'
import { ok, type Context, type Reply } from '../http.ts'
import { queryValues } from '../list.ts'
import { noise } from '../random.ts'
import { DAY, HOUR, SECOND, toTimestamp } from '../time.ts'

const SAMPLES_WANTED = 200
const SAMPLES_MAX = 500
const KEPT_MS = 30 * DAY

/** Curves by the metric type that is asked for, and by their name. */
export type SeriesOf<T> = Record<string, Record<string, (row: T, at: number) => number>>

/**
 * Metrics of a resource (FACTS §9), computed from its id and the time: the same question always gets the same answer.
 * Nothing exists before its creation, after `until`, in the future or beyond 30 days.
 */
export function answerMetrics<T extends { created: number }>(
  context: Context,
  row: T,
  known: SeriesOf<T>,
  until = context.now,
): Reply {
  const types = queryValues(context.query, 'type')
  if (!types) throw invalidField('type', 'missing data for required field')
  for (const type of types) if (!(type in known)) throw invalidField('type', `unknown metric type ${type}`)
  const start = timeOf(context, 'start')
  const end = timeOf(context, 'end')
  if (end <= start) throw invalidField('end', 'must be after start')
  const step = stepOf(context, start, end)
  const from = Math.max(row.created, context.now - KEPT_MS)
  const last = Math.min(context.now, until)
  const times: number[] = []
  for (let at = Math.ceil(start / SECOND / step) * step * SECOND; at <= end; at += step * SECOND) {
    if (at >= from && at <= last) times.push(at)
  }
  const series = [...types].flatMap((type) => Object.entries(known[type] ?? {}))
  const timeSeries = series.map(([name, valueAt]) => [
    name,
    { values: times.map((at) => [at / SECOND, valueAt(row, at).toFixed(4)]) },
  ])
  return ok({
    metrics: { start: toTimestamp(start), end: toTimestamp(end), step, time_series: Object.fromEntries(timeSeries) },
  })
}

function stepOf(context: Context, start: number, end: number): number {
  const text = context.query.get('step')
  const seconds = (end - start) / SECOND
  const wanted = text === null ? Math.ceil(seconds / SAMPLES_WANTED) : Number(text)
  if (!Number.isFinite(wanted) || wanted < 1) throw invalidField('step', 'must be a positive number of seconds')
  return Math.max(Math.round(wanted), Math.ceil(seconds / SAMPLES_MAX))
}

function timeOf(context: Context, name: string): number {
  const text = context.query.get(name) ?? ''
  // A "+" of an offset that was not encoded arrives as a space.
  const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text.replace(' ', '+')) : Number.NaN
  if (Number.isNaN(at)) throw invalidField(name, 'must be an RFC 3339 time')
  return at
}

/** Load between 0 and 1: a base of its own, the rhythm of its work's day and week, slow drift, jitter, rare bursts. */
export function load(id: number, role: string | undefined, at: number, series: string): number {
  const profile = profileOf(role)
  const base = profile.base * (0.6 + 0.8 * noise(id, series))
  const hour = ((at % DAY) / HOUR + profile.shift) % 24
  const day = 0.5 - 0.5 * Math.cos(((hour - 4) / 24) * 2 * Math.PI)
  const weekday = new Date(at).getUTCDay()
  const week = weekday === 0 || weekday === 6 ? profile.weekend : 1
  const drift = smooth(id, series, at, HOUR) * 0.25
  const jitter = (noise(id, series, Math.floor(at / SECOND)) - 0.5) * 0.12
  const burst = noise(id, series, 'burst', Math.floor(at / (20 * 60 * SECOND))) > 1 - profile.bursts ? 0.45 : 0
  const value =
    base + profile.swing * day ** 1.5 * week * (0.75 + drift) + burst * (0.6 + jitter) + jitter * (base + 0.1)
  return Math.min(0.98, Math.max(0.003, value))
}

/** Noise that moves evenly from one bucket of time to the next. */
function smooth(id: number, series: string, at: number, bucketMs: number): number {
  const bucket = Math.floor(at / bucketMs)
  const share = (at % bucketMs) / bucketMs
  const eased = share * share * (3 - 2 * share)
  return noise(id, series, bucket) * (1 - eased) + noise(id, series, bucket + 1) * eased
}

interface Profile {
  base: number
  swing: number
  weekend: number
  bursts: number
  /** Hours by which its day is ahead of UTC. */
  shift: number
}

const PROFILES: Record<string, Profile> = {
  web: { base: 0.06, swing: 0.38, weekend: 0.8, bursts: 0.01, shift: 1 },
  api: { base: 0.08, swing: 0.42, weekend: 0.8, bursts: 0.015, shift: 1 },
  database: { base: 0.14, swing: 0.3, weekend: 0.85, bursts: 0.02, shift: 1 },
  cache: { base: 0.05, swing: 0.16, weekend: 0.85, bursts: 0.005, shift: 1 },
  worker: { base: 0.12, swing: 0.25, weekend: 0.9, bursts: 0.06, shift: -6 },
  ci: { base: 0.02, swing: 0.34, weekend: 0.1, bursts: 0.14, shift: 2 },
  backup: { base: 0.02, swing: 0.3, weekend: 1, bursts: 0.03, shift: 13 },
}
const DEFAULT_PROFILE: Profile = { base: 0.04, swing: 0.12, weekend: 0.7, bursts: 0.01, shift: 1 }

function profileOf(role: string | undefined): Profile {
  return (role && PROFILES[role]) || DEFAULT_PROFILE
}
