import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { SimulatorCore } from '../../../worker/simulator/core/simulator.ts'
import type { Table } from '../../../worker/simulator/core/table.ts'
import type { Entity, EventRecord } from '../../../worker/simulator/core/types.ts'
import type { World } from '../../../worker/simulator/core/world.ts'

export type Row = Entity & Record<string, unknown>
type Rows = ReadonlyMap<string, Row>

/** Looks into the simulated provider past its API: what is really there, whatever anybody was told. */
const inWorld = <T>(look: (world: World) => T): Promise<T> =>
  runInDurableObject(env.SIMULATOR.get(env.SIMULATOR.idFromName('main')), (instance) => {
    const { world } = (instance as unknown as { core: SimulatorCore }).core
    world.settle()
    return look(world)
  })

/** What is no resource of a project. */
const apart = new Set(['projects', 'tokens', 'events', 'writes', 'faults'])

const tablesOf = (world: World) =>
  (Object.entries(world.tables) as unknown as [string, Table<Row>][]).filter(([kind]) => !apart.has(kind))

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

/** Every resource and action of these projects, by `kind:id`. */
export const readWorld = (projects: readonly number[]): Promise<Rows> =>
  inWorld(
    (world) =>
      new Map(
        tablesOf(world).flatMap(([kind, table]) =>
          projects.flatMap((project) => table.of(project).map((row) => [`${kind}:${row.id}`, copy(row)] as const)),
        ),
      ),
  )

/** Everything in these projects as it was, at once. */
export const restoreWorld = (projects: readonly number[], rows: Rows): Promise<void> =>
  inWorld((world) => {
    dropEvents(world, projects)
    for (const [kind, table] of tablesOf(world)) {
      for (const project of projects) {
        for (const row of table.of(project)) if (!rows.has(`${kind}:${row.id}`)) table.delete(row.id)
      }
    }
    for (const [name, row] of rows) {
      const [kind = ''] = name.split(':')
      ;(world.tables as unknown as Record<string, Table<Row>>)[kind]?.put(copy(row))
    }
    world.commit()
  })

/** What was still to happen. */
function dropEvents(world: World, projects: readonly number[]): void {
  const inside = world as unknown as { queue: EventRecord[] }
  inside.queue = inside.queue.filter((event) => {
    if (!projects.includes(event.project)) return true
    world.tables.events.delete(event.id)
    return false
  })
}
