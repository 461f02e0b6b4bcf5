import { notFound } from '../errors.ts'
import { checkFault } from '../faults.ts'
import type { FaultRecord } from '../types.ts'
import type { Control } from './control.ts'
import { projectOf } from './lookup.ts'

const OPTIONS = [
  'status',
  'code',
  'message',
  'details',
  'body',
  'content_type',
  'ms',
  'value',
  'field',
  'factor',
  'command',
  'server_type',
  'location',
]

export function listFaults({ simulator }: Control): unknown {
  return { faults: [...simulator.world.tables.faults.all()].map(describe) }
}

/** Adds a fault; `times` is 1 unless given (sold_out: until cleared). */
export function addFault({ simulator, body }: Control): unknown {
  const { world } = simulator
  const kind = body.requiredString('kind')
  const path = body.string('path') ?? null
  const project = body.reference('project')
  const options = Object.fromEntries(OPTIONS.flatMap((name) => (body.mentions(name) ? [[name, body.raw(name)]] : [])))
  const method = body.string('method')?.toUpperCase() ?? null
  const skip = body.integer('skip') ?? 0
  const times = body.mentions('times') || kind === 'sold_out' ? (body.integer('times') ?? null) : 1
  body.check()
  checkFault(kind, path, options)
  const fault: FaultRecord = {
    id: world.nextId('faults'),
    project: project === undefined ? 0 : projectOf(world, project).id,
    kind,
    method,
    path,
    skip,
    times,
    hits: 0,
    options,
  }
  return { fault: describe(world.tables.faults.put(fault)) }
}

/** Clears one fault, or all of them. */
export function clearFaults({ simulator, params }: Control): unknown {
  const { faults } = simulator.world.tables
  const ids = params[0] ? [Number(params[0])] : [...faults.all()].map(({ id }) => id)
  for (const id of ids) if (!faults.delete(id)) throw notFound('fault', id)
  return { cleared: ids.length }
}

function describe(fault: FaultRecord): object {
  const { options, project, ...rest } = fault
  return { ...rest, project: project === 0 ? null : project, ...options }
}
