import type { PowerAction } from '../provider.ts'
import { table, type Operation } from './operations/index.ts'

/** What the provider client asks for, out of the one table. */
export const operations = {
  listServers: table['GET /servers'],
  getServer: table['GET /servers/{id}'],
  getMetrics: table['GET /servers/{id}/metrics'],
  listServerActions: table['GET /servers/{id}/actions'],
  listRecentActions: table['GET /servers/actions'],
  getActions: table['GET /actions'],
  listImages: table['GET /images'],
  getPrices: table['GET /pricing'],
  updateSshKey: table['PUT /ssh_keys/{id}'],
} satisfies Record<string, Operation>

export const powerOperations: Record<PowerAction, Operation> = {
  start: table['POST /servers/{id}/actions/poweron'],
  stop: table['POST /servers/{id}/actions/shutdown'],
  power_off: table['POST /servers/{id}/actions/poweroff'],
  reboot: table['POST /servers/{id}/actions/reboot'],
  reset: table['POST /servers/{id}/actions/reset'],
}
