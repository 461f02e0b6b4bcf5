import type { Control } from './control.ts'
import { projectOf } from './lookup.ts'

interface Filterable {
  project: number | null
  method: string
  path: string
}

export function listRequests(control: Control): unknown {
  return { requests: control.simulator.api.log.list().filter(filterOf(control)) }
}

export function clearLog({ simulator }: Control): unknown {
  simulator.api.log.clear()
  return { cleared: true }
}

export function getCounters(control: Control): unknown {
  const matches = filterOf(control)
  const counters = control.simulator.api.log
    .counters()
    .filter(({ route, ...entry }) => matches({ ...entry, path: route }))
  return { counters, total: counters.reduce((sum, { count }) => sum + count, 0) }
}

export function listWrites(control: Control): unknown {
  const matches = filterOf(control)
  const performed = control.query.get('performed')
  const writes = [...control.simulator.world.tables.writes.all()].filter(
    (write) => matches(write) && (performed === null || String(write.performed) === performed),
  )
  return { writes }
}

/** Filters by ?project (id or name), ?method and ?path (a regular expression). */
function filterOf({ simulator, query }: Control): (entry: Filterable) => boolean {
  const project = query.get('project')
  const id = project ? projectOf(simulator.world, project).id : null
  const method = query.get('method')?.toUpperCase()
  const path = query.get('path')
  const pattern = path ? new RegExp(path) : null
  return (entry) =>
    (id === null || entry.project === id) &&
    (!method || entry.method === method) &&
    (!pattern || pattern.test(entry.path))
}
