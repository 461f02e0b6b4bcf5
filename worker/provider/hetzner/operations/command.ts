import type { Operation } from './operation.ts'

const renamed: Record<string, string> = {
  'POST /servers': 'create_server',
  'DELETE /servers/{id}': 'delete_server',
  'POST /servers/{id}/actions/poweron': 'start_server',
  'POST /servers/{id}/actions/poweroff': 'stop_server',
  'POST /servers/{id}/actions/shutdown': 'shutdown_server',
  'POST /servers/{id}/actions/reboot': 'reboot_server',
  'POST /servers/{id}/actions/reset': 'reset_server',
  'POST /servers/{id}/actions/rebuild': 'rebuild_server',
  'POST /servers/{id}/actions/change_type': 'change_server_type',
  'POST /volumes': 'attach_volume',
  'POST /volumes/{id}/actions/attach': 'attach_volume',
  'POST /volumes/{id}/actions/detach': 'detach_volume',
  'POST /primary_ips': 'assign_primary_ip',
  'POST /primary_ips/{id}/actions/assign': 'assign_primary_ip',
  'POST /primary_ips/{id}/actions/unassign': 'unassign_primary_ip',
  'POST /floating_ips': 'assign_floating_ip',
  'POST /floating_ips/{id}/actions/assign': 'assign_floating_ip',
  'POST /floating_ips/{id}/actions/unassign': 'unassign_floating_ip',
}

/**
 * What the provider calls the action that this operation begins on a server (FACTS §8), so that it is found again when
 * its answer was lost. Most are called like their address.
 */
export const commandOf = ({ key, path }: Pick<Operation, 'key' | 'path'>): string =>
  renamed[key] ?? path.split('/').at(-1) ?? ''
