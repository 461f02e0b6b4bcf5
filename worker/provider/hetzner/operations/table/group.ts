import { many, one, paging, type Envelope } from '../envelope.ts'
import { byId, filtering, listing } from '../fields.ts'
import { define, type Operation, type OperationKey, type Spec } from '../operation.ts'
import type { GatewayPermission } from '../permission.ts'
import type { ShapeName } from '../shapes.ts'

/** The operations of a group by their keys, which stay literal: a caller names one that exists, or does not compile. */
export function group<K extends OperationKey>(specs: Readonly<Record<K, Spec>>): Readonly<Record<K, Operation>> {
  const entries = Object.entries<Spec>(specs).map(([key, spec]) => [key, define(key as OperationKey, spec)])
  return Object.fromEntries(entries) as Record<K, Operation>
}

export const listOf = (key: string, shape: ShapeName): Envelope => ({ [key]: many(shape), meta: paging })
export const single = (shape: ShapeName): Envelope => ({ [shape]: one(shape) })
export const withAction = (shape: ShapeName): Envelope => ({ [shape]: one(shape), action: one('action') })

/** An act on what the path names, whose answer is its action. */
export const act = (permission: GatewayPermission, rest: Partial<Spec> = {}): Spec => ({
  permission,
  answer: { action: one('action') },
  repeat: 'same',
  ...rest,
})

type ActionReads<C extends string, P extends string> =
  | `GET /${C}/actions`
  | `GET /${C}/actions/{id}`
  | `GET /${C}/{${P}}/actions`
  | `GET /${C}/{${P}}/actions/{action_id}`

/** The four ways to read actions that every kind of resource with actions has. */
export function actionReads<C extends string, P extends string = 'id'>(
  collection: C,
  permission: GatewayPermission,
  parameter: P = 'id' as P,
): Record<ActionReads<C, P>, Spec> {
  const answer = listOf('actions', 'action')
  const action = { action: one('action') }
  return {
    [`GET /${collection}/actions`]: {
      permission,
      query: { id: byId('action', permission), ...listing('sort', 'status') },
      answer,
    },
    [`GET /${collection}/actions/{id}`]: { permission, answer: action },
    [`GET /${collection}/{${parameter}}/actions`]: { permission, query: listing('sort', 'status'), answer },
    [`GET /${collection}/{${parameter}}/actions/{action_id}`]: { permission, answer: action, deprecated: true },
  } as Record<ActionReads<C, P>, Spec>
}

/** Measurements name nothing but the resource they are asked of. */
export const metricsOf = (permission: GatewayPermission): Spec => ({
  permission,
  query: filtering('type', 'start', 'end', 'step'),
  answer: { metrics: { is: 'plain' } },
})
