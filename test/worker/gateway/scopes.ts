import { one, type Fleet } from './fleet.ts'
import type { Row } from './world.ts'

type Rows = ReadonlyMap<string, Row>

/** What a key is for, said of the provider's records and by nothing of ours. */
export interface Scope {
  /** May be told of this one. */
  sees(name: string, row: Row): boolean
  /** What goes with what it sees: an address and the backups of a server. It may change, and is not told of. */
  binds(name: string, row: Row): boolean
  /** Changes anything at all. */
  writes: boolean
}

const kindOf = (name: string) => name.split(':')[0] ?? ''
const labelsOf = (row: Row) => row['labels'] as Record<string, string> | undefined

/** An action, and a record of a zone, are seen with what they are about. */
const withParents = (rows: Rows, sees: (name: string, row: Row) => boolean) => (name: string, row: Row) => {
  if (kindOf(name) === 'actions') {
    return (row['resources'] as { type: string; id: number }[]).some(({ type, id }) => {
      const of = `${type === 'image' ? 'image' : type}s:${id}`
      const about = rows.get(of)
      return about !== undefined && sees(of, about)
    })
  }
  if (kindOf(name) === 'rrsets') {
    const of = `zones:${String(row['zone'])}`
    const zone = rows.get(of)
    return zone !== undefined && sees(of, zone)
  }
  return sees(name, row)
}

/** By itself given to the servers that are seen, or bound to them. */
const boundTo = (isServer: (id: unknown) => boolean) => (name: string, row: Row) =>
  (kindOf(name) === 'primary_ips' && row['autoDelete'] === true && isServer(row['assignee'])) ||
  (kindOf(name) === 'images' && isServer(row['boundTo']))

export function labelScope({ projectId }: Fleet, team: string, rows: Rows): Scope {
  const sees = withParents(rows, (_, row) => row.project === projectId && labelsOf(row)?.['team'] === team)
  const isServer = (id: unknown) => {
    const row = rows.get(`servers:${String(id)}`)
    return row !== undefined && sees('servers', row)
  }
  return { sees, binds: boundTo(isServer), writes: true }
}

export function serverScope(fleet: Fleet, rows: Rows): Scope {
  const { id } = one(fleet.web, 'server')
  const sees = withParents(rows, (name) => name === `servers:${id}`)
  return { sees, binds: boundTo((server) => server === id), writes: true }
}

export const projectScope = ({ projectId }: Fleet): Scope => ({
  sees: (_, row) => row.project === projectId,
  binds: () => false,
  writes: true,
})

export const readerScope: Scope = { sees: () => true, binds: () => false, writes: false }
