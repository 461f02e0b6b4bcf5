import { limitExceeded, notFound, uniquenessError } from '../errors.ts'
import type { Context } from '../http.ts'
import type { Table } from '../table.ts'
import type { Entity, Kind, Kinds, Labels, ServerRecord } from '../types.ts'

export interface Named extends Entity {
  name: string
}

/** Sort fields of most lists: id, name, created. */
export const NAMED_SORT = {
  id: (row: Entity) => row.id,
  name: (row: { name: string }) => row.name,
  created: (row: { created: number }) => row.created,
}

/** The record that the path's `{id}` names, or 404. */
export function requireRecord<K extends Kind>(context: Context, kind: K, what: string, id?: number): Kinds[K] {
  const wantedId = id ?? Number(context.params.id)
  const row = (context.world.tables[kind] as unknown as Table<Kinds[K]>).find(context.project.id, wantedId)
  if (!row) throw notFound(what, wantedId)
  return row
}

export function requireServer(context: Context): ServerRecord {
  return requireRecord(context, 'servers', 'server')
}

/** 409 when another record of the kind has the name. */
export function assertNameFree(
  context: Context,
  rows: Named[],
  name: string,
  own?: number,
  message = 'name is already used',
): void {
  if (rows.some((row) => row.name === name && row.id !== own)) throw uniquenessError(message, 'name')
}

/** 403 when the project's quota of the kind is used up. */
export function assertWithinLimit(context: Context, kind: Kind, limit: string, adding = 1): void {
  const quota = context.project.limits[kind]
  if (quota !== undefined && context.world.tables[kind].count(context.project.id) + adding > quota)
    throw limitExceeded(limit)
}

/** Applies `name` and `labels` of an update; labels replace the whole map (FACTS §5). */
export function applyNameAndLabels(
  context: Context,
  row: Named & { labels: Labels },
  siblings: Named[],
  options: { message?: string; hostname?: boolean } = {},
): void {
  const { body } = context
  const name = options.hostname ? body.hostname('name') : body.string('name')
  const labels = body.labels()
  if (name === '') body.problem('name', 'must not be empty')
  body.check()
  if (name !== undefined && name !== row.name) {
    assertNameFree(context, siblings, name, row.id, options.message)
    row.name = name
  }
  if (labels) row.labels = labels
}
