import type { OtherKind, PowerAction } from '../provider.ts'
import { table, type Operation } from './operations/index.ts'

/** What the provider client asks for, out of the one table. */
export const operations = {
  listServers: table['GET /servers'],
  getServer: table['GET /servers/{id}'],
  getMetrics: table['GET /servers/{id}/metrics'],
  listServerActions: table['GET /servers/{id}/actions'],
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

export const recentActions: Record<'server' | OtherKind, Operation> = {
  server: table['GET /servers/actions'],
  firewall: table['GET /firewalls/actions'],
  network: table['GET /networks/actions'],
  load_balancer: table['GET /load_balancers/actions'],
  volume: table['GET /volumes/actions'],
  floating_ip: table['GET /floating_ips/actions'],
  primary_ip: table['GET /primary_ips/actions'],
  image: table['GET /images/actions'],
  certificate: table['GET /certificates/actions'],
  zone: table['GET /zones/actions'],
}

export const getOne: Record<OtherKind, Operation> = {
  firewall: table['GET /firewalls/{id}'],
  network: table['GET /networks/{id}'],
  load_balancer: table['GET /load_balancers/{id}'],
  volume: table['GET /volumes/{id}'],
  floating_ip: table['GET /floating_ips/{id}'],
  primary_ip: table['GET /primary_ips/{id}'],
  image: table['GET /images/{id}'],
  certificate: table['GET /certificates/{id}'],
  zone: table['GET /zones/{id_or_name}'],
}
