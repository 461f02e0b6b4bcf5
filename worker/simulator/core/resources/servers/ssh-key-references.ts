import { invalidField } from '../../errors.ts'
import type { Context } from '../../http.ts'
import type { SshKeyRecord } from '../../types.ts'

/** Keys named by id or name, mixed as the clients send them; an unknown one is a 422. */
export function resolveSshKeys(context: Context, references: unknown[]): SshKeyRecord[] {
  const keys = context.world.tables.ssh_keys.of(context.project.id)
  return references.map((reference) => {
    const text = String(reference)
    const found = keys.find((key) => String(key.id) === text) ?? keys.find((key) => key.name === text)
    if (!found) throw invalidField('ssh_keys', `SSH key ${text} not found`)
    return found
  })
}
