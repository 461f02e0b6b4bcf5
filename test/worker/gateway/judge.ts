import type { Rendered } from './render.ts'
import type { Scope } from './scopes.ts'
import type { Row } from './world.ts'

type Rows = ReadonlyMap<string, Row>

/** Smaller numbers are sizes, ports and ids that nobody is told. */
const smallestId = 100_000

/** The words and numbers by which anybody who is told of something outside can be found out. */
export interface Canaries {
  words: string[]
  ids: ReadonlySet<string>
}

const wordsOf = (row: Row): string[] => [...JSON.stringify(row).matchAll(/cnry-[\w-]+/g)].map(([word]) => word)

const addressesOf = (row: Row, isSeen: (server: unknown) => boolean): string[] => {
  const { ip, assignee, server, ipv4 } = row
  if (typeof ipv4 === 'string') return [ipv4]
  return typeof ip === 'string' && !isSeen(assignee ?? server) ? [ip.replace('/64', '')] : []
}

export function canariesOf(rows: Rows, scope: Scope, secrets: readonly string[]): Canaries {
  const isSeen = (server: unknown) => {
    const row = rows.get(`servers:${String(server)}`)
    return row !== undefined && scope.sees(`servers:${String(server)}`, row)
  }
  const seen = new Set([...rows].filter(([name, row]) => scope.sees(name, row)).flatMap(([, row]) => wordsOf(row)))
  const hidden = [...rows].filter(([name, row]) => !scope.sees(name, row))
  const words = hidden.flatMap(([, row]) => [...wordsOf(row), ...addressesOf(row, isSeen)])
  return {
    words: [...new Set(words.filter((word) => !seen.has(word))), ...secrets],
    ids: new Set(hidden.filter(([, row]) => row.id >= smallestId).map(([, row]) => String(row.id))),
  }
}

/** What an answer tells that the request did not say itself. */
export function leaksOf(answer: string, request: Rendered, { words, ids }: Canaries): string[] {
  const leaks = [
    ...words.filter((word) => answer.includes(word)),
    ...[...answer.matchAll(/\d{6,}/g)].map(([number]) => number).filter((number) => ids.has(number)),
  ]
  if (leaks.length === 0) return []
  const said = saidIn(request)
  return [...new Set(leaks)].filter((leak) => !said.includes(leak))
}

const saidIn = ({ url, headers, body = '', named }: Rendered): string =>
  [url, body, ...Object.values(headers), ...named.flatMap(({ id, name }) => [id, name])].join('\n')

/** A record without what ties it to something inside the scope, and these ties. */
function apartFrom(row: Row, inside: ReadonlySet<number>): { rest: string; ties: Set<string> } {
  const ties = new Set<string>()
  const walk = (value: unknown, at: string): unknown => {
    if (typeof value === 'number' && inside.has(value)) {
      ties.add(`${at}=${value}`)
      return null
    }
    if (Array.isArray(value)) {
      return value.flatMap((item: unknown) => {
        const before = ties.size
        const kept = walk(item, at)
        return ties.size > before ? [] : [kept]
      })
    }
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, walk(field, `${at}.${name}`)]))
  }
  const { id, ...fields } = row
  return { rest: `${id} ${JSON.stringify(walk(fields, ''))}`, ties }
}

/**
 * What of the world is not as it may be after requests with this key: something outside changed, or was tied to something
 * inside; something new or inside stands outside; an action has run on something outside. That a tie goes with what is
 * inside is no harm to what is outside.
 */
export function harmOf(
  before: Rows,
  after: Rows,
  scope: Scope,
  belongs: (name: string, row: Row) => boolean,
): string[] {
  const harm: string[] = []
  const mine = (name: string, row: Row) => scope.writes && (scope.sees(name, row) || scope.binds(name, row))
  const inside = new Set(
    [...before].filter(([name, row]) => row.id >= smallestId && mine(name, row)).map(([, row]) => row.id),
  )
  const outside = new Map([...before].filter(([name, row]) => !mine(name, row)))
  for (const [name, row] of outside) {
    const now = after.get(name)
    if (!now) harm.push(`${name} is gone`)
    else if (JSON.stringify(now) !== JSON.stringify(row)) {
      const [old, young] = [apartFrom(row, inside), apartFrom(now, inside)]
      if (old.rest !== young.rest) harm.push(`${name} has changed: ${old.rest} -> ${young.rest}`)
      for (const tie of young.ties) if (!old.ties.has(tie)) harm.push(`${name} was tied: ${tie}`)
    }
  }
  const ids = new Set([...outside.values()].filter(({ id }) => id >= smallestId).map(({ id }) => id))
  for (const [name, row] of after) {
    if (outside.has(name)) continue
    if (name.startsWith('actions:')) {
      if (before.has(name)) continue
      const resources = row['resources'] as { type: string; id: number }[]
      const foreign = resources.filter(({ id }) => ids.has(id))
      // A firewall's rules are its own, wherever it was applied before.
      if (foreign.length > 0 && row['command'] !== 'apply_firewall')
        harm.push(`${name} ${String(row['command'])} ran on ${JSON.stringify(foreign)}`)
    } else if (!belongs(name, row)) harm.push(`${name} stands outside: ${JSON.stringify(row)}`)
  }
  return harm
}
