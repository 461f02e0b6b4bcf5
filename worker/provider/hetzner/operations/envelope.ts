import type { GatewayPermission } from './permission.ts'
import type { ShapeName } from './shapes.ts'

export type EnvelopeField =
  | { is: 'one'; shape: ShapeName }
  | { is: 'many'; shape: ShapeName }
  /** Shown to those with this permission only, and never written down. */
  | { is: 'secret'; needs: GatewayPermission }
  /** Counts what the caller may not see: whoever filters a list counts anew. */
  | { is: 'paging' }
  /** The same for everybody who may call at all. */
  | { is: 'plain' }

/** Every field at the top of an answer. None: the answer is empty. */
export type Envelope = Readonly<Record<string, EnvelopeField>>

export const one = (shape: ShapeName): EnvelopeField => ({ is: 'one', shape })
export const many = (shape: ShapeName): EnvelopeField => ({ is: 'many', shape })
export const paging: EnvelopeField = { is: 'paging' }
export const open: EnvelopeField = { is: 'plain' }
export const forConsole: EnvelopeField = { is: 'secret', needs: 'servers:console' }

export const empty: Envelope = {}
export const theAction: Envelope = { action: one('action') }
export const theActions: Envelope = { actions: many('action') }
