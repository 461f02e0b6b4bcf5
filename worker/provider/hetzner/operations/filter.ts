import { AppError } from '../../../kernel/errors.ts'
import type { ShapeName } from './shapes.ts'
import type { Operation } from './operation.ts'
import { filterResource, type Visible } from './filter-resource.ts'
import { isObject } from './tree.ts'

/**
 * The answer without anything the caller may not see: items, nested resources and references go; fields at the top that
 * the table does not have go too, and `meta`, whose counts are of what was there before: a list is paged anew. Secrets
 * stay: see `redact`. The answer itself is left as it is.
 * @throws AppError `not_found`: what was asked for is out of sight. `provider_malformed`: the answer has not the form it
 * should have, so that nobody can say what it shows.
 */
export function filterAnswer(operation: Operation, answer: unknown, visible: Visible): unknown {
  const fields = Object.entries(operation.answer)
  if (fields.length === 0) return undefined
  if (!isObject(answer)) throw malformed(operation, 'the answer is no object')
  const filtered: Record<string, unknown> = {}
  for (const [name, field] of fields) {
    if (!Object.hasOwn(answer, name)) {
      if (operation.access === 'read' && (field.is === 'one' || field.is === 'many')) throw malformed(operation, name)
      continue
    }
    const value = answer[name]
    if (field.is === 'paging') continue
    if (field.is === 'one') filtered[name] = filterOne(operation, name, value, field.shape, visible)
    else if (field.is === 'many') filtered[name] = filterMany(operation, name, value, field.shape, visible)
    else filtered[name] = value
  }
  return filtered
}

function filterOne(operation: Operation, name: string, value: unknown, shape: ShapeName, visible: Visible): unknown {
  if (value === null) return null
  if (!isObject(value)) throw malformed(operation, name)
  const seen = filterResource(shape, value, visible)
  // What was just changed was checked before; a refusal now would only hide that it was done.
  if (seen === null && operation.access === 'read')
    throw new AppError('not_found', { detail: `${name} is out of scope` })
  return seen
}

function filterMany(operation: Operation, name: string, value: unknown, shape: ShapeName, visible: Visible): unknown {
  if (value === null && operation.access === 'write') return null
  if (!Array.isArray(value)) throw malformed(operation, name)
  return value.flatMap((item: unknown) => {
    const seen = isObject(item) ? filterResource(shape, item, visible) : null
    return seen === null ? [] : [seen]
  })
}

const malformed = ({ key }: Operation, what: string): AppError =>
  new AppError('provider_malformed', { detail: `${key}: ${what} has an unknown form` })
