import type { PowerAction } from '../provider.ts'

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE'

/** One operation of the provider's API, described once for whoever sends or forwards it. */
export interface Operation {
  method: Method
  /** Relative to the base URL; `{name}` stands for a parameter. */
  path: string
  access: 'read' | 'write'
  /** Sending it twice ends in the same state as sending it once (FACTS §3). */
  idempotent: boolean
}

const read = (path: string): Operation => ({ method: 'GET', path, access: 'read', idempotent: true })
const action = (name: string, idempotent: boolean): Operation => ({
  method: 'POST',
  path: `/servers/{id}/actions/${name}`,
  access: 'write',
  idempotent,
})

export const operations = {
  listServers: read('/servers'),
  getServer: read('/servers/{id}'),
  getMetrics: read('/servers/{id}/metrics'),
  listServerActions: read('/servers/{id}/actions'),
  listRecentActions: read('/servers/actions'),
  getActions: read('/actions'),
  getPrices: read('/pricing'),
  updateSshKey: { method: 'PUT', path: '/ssh_keys/{id}', access: 'write', idempotent: true },
} satisfies Record<string, Operation>

export const powerOperations: Record<PowerAction, Operation> = {
  start: action('poweron', true),
  stop: action('shutdown', true),
  power_off: action('poweroff', true),
  reboot: action('reboot', false),
  reset: action('reset', false),
}

/** Fills the template; values are encoded, so that an id can never name another path. */
export function fillPath(operation: Operation, params: Readonly<Record<string, string>> = {}): string {
  return operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name]
    if (!value || /^\.+$/.test(value)) throw new Error(`${operation.path} needs a valid ${name}`)
    return encodeURIComponent(value)
  })
}
