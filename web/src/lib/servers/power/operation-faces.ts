import { m } from '#lib/paraglide/messages.js'
import { powerFaces, toPowerAction } from './power-actions.ts'

export interface OperationFace {
  /** "Rebuild" */
  verb: () => string
  /** "rebuilding…", while it runs. */
  doing: () => string
  failed: (inputs: { name: string }) => string
}

const failedOf =
  (verb: () => string): OperationFace['failed'] =>
  ({ name }) =>
    m.servers_op_failed({ name, what: verb() })

const face = (verb: () => string, doing: () => string): OperationFace => ({ verb, doing, failed: failedOf(verb) })

/** What no button here does: tools began it through the gateway. */
const toolFaces: Record<string, OperationFace> = {
  create: face(m.servers_op_create, m.servers_op_create_doing),
  delete: face(m.servers_op_delete, m.servers_op_delete_doing),
  rebuild: face(m.servers_op_rebuild, m.servers_op_rebuild_doing),
  resize: face(m.servers_op_resize, m.servers_op_resize_doing),
  configure: face(m.servers_op_configure, m.servers_op_configure_doing),
  console: face(m.servers_op_console, m.servers_op_console_doing),
}
const otherFace = face(m.servers_op_other, m.servers_op_other_doing)

/** Of `rebuild` as operations call it, and of `server.rebuild` as the record does. */
export function faceOfOperation(action: string): OperationFace {
  const power = toPowerAction(action)
  return power ? powerFaces[power] : (toolFaces[action.replace(/^server\./, '')] ?? otherFace)
}
