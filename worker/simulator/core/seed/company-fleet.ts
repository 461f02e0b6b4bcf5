import type { Labels } from '../types.ts'

export interface FleetRow {
  name: string
  type: string
  location: string
  image: string
  labels: Labels
  ageDays: number
  /** Days since it was switched off. */
  offDays?: number
  backups?: boolean
  isProtected?: boolean
  /** Description of a snapshot that exists of it. */
  snapshot?: string
}

type Extra = Pick<FleetRow, 'offDays' | 'backups' | 'isProtected' | 'snapshot'>

const server = (
  name: string,
  type: string,
  location: string,
  image: string,
  ageDays: number,
  [env, team, role, service]: [env: string, team: string, role: string, service: string],
  extra: Extra = {},
): FleetRow => ({ name, type, location, image, ageDays, labels: { env, team, role, service }, ...extra })

const KEPT: Extra = { backups: true, isProtected: true }

export const FLEET: Record<string, FleetRow[]> = {
  shop: [
    server('web-1', 'cpx32', 'fsn1', 'debian-12', 412, ['production', 'storefront', 'web', 'shop']),
    server('web-2', 'cpx32', 'fsn1', 'debian-12', 412, ['production', 'storefront', 'web', 'shop']),
    server('web-3', 'cpx32', 'nbg1', 'debian-12', 203, ['production', 'storefront', 'web', 'shop']),
    server('web-us-1', 'cpx11', 'ash', 'ubuntu-24.04', 96, ['production', 'storefront', 'web', 'shop']),
    server('web-us-2', 'cpx11', 'ash', 'ubuntu-24.04', 96, ['production', 'storefront', 'web', 'shop']),
    server('api-1', 'ccx23', 'fsn1', 'debian-12', 388, ['production', 'checkout', 'api', 'orders'], { backups: true }),
    server('api-2', 'ccx23', 'nbg1', 'debian-12', 388, ['production', 'checkout', 'api', 'orders'], { backups: true }),
    server('payments-1', 'ccx13', 'fsn1', 'debian-13', 61, ['production', 'checkout', 'api', 'payments'], KEPT),
    server('db-primary', 'ccx33', 'fsn1', 'debian-12', 503, ['production', 'data', 'database', 'postgres'], {
      ...KEPT,
      snapshot: 'db-primary before the 17 upgrade',
    }),
    server('db-replica', 'ccx33', 'nbg1', 'debian-12', 467, ['production', 'data', 'database', 'postgres'], {
      isProtected: true,
    }),
    server('cache-1', 'cax21', 'fsn1', 'debian-12', 388, ['production', 'platform', 'cache', 'valkey']),
    server('cache-2', 'cax21', 'nbg1', 'debian-12', 388, ['production', 'platform', 'cache', 'valkey']),
    server('search-1', 'cax31', 'hel1', 'ubuntu-24.04', 154, ['production', 'data', 'worker', 'search']),
    server('worker-1', 'cx33', 'hel1', 'ubuntu-24.04', 231, ['production', 'checkout', 'worker', 'jobs']),
    server('worker-2', 'cx33', 'hel1', 'ubuntu-24.04', 231, ['production', 'checkout', 'worker', 'jobs']),
    server('mail-1', 'cx22', 'nbg1', 'debian-12', 731, ['production', 'platform', 'mail', 'postfix'], {
      backups: true,
    }),
    server('images-1', 'cax11', 'hel1', 'debian-12', 318, ['production', 'storefront', 'worker', 'thumbnails']),
    server('staging-web', 'cpx22', 'nbg1', 'ubuntu-24.04', 140, ['staging', 'storefront', 'web', 'shop']),
    server('staging-api', 'cpx22', 'nbg1', 'ubuntu-24.04', 140, ['staging', 'checkout', 'api', 'orders']),
    server('staging-db', 'cpx32', 'nbg1', 'ubuntu-24.04', 140, ['staging', 'data', 'database', 'postgres']),
  ],
  internal: [
    server('monitoring', 'cpx32', 'hel1', 'debian-12', 602, ['production', 'platform', 'monitoring', 'grafana'], KEPT),
    server('logs', 'cpx42', 'hel1', 'debian-12', 340, ['production', 'platform', 'monitoring', 'loki'], {
      backups: true,
    }),
    server('vpn', 'cx23', 'nbg1', 'debian-13', 74, ['production', 'platform', 'network', 'wireguard'], {
      isProtected: true,
    }),
    server('git', 'cpx32', 'fsn1', 'ubuntu-24.04', 455, ['production', 'platform', 'git', 'forgejo'], KEPT),
    server('ci-runner-1', 'cpx42', 'fsn1', 'ubuntu-24.04', 188, ['production', 'platform', 'ci', 'runner']),
    server('ci-runner-2', 'cpx42', 'fsn1', 'ubuntu-24.04', 188, ['production', 'platform', 'ci', 'runner']),
    server('ci-runner-arm', 'cax31', 'hel1', 'ubuntu-24.04', 57, ['production', 'platform', 'ci', 'runner']),
    server('wiki', 'cx23', 'hel1', 'debian-12', 376, ['production', 'people', 'web', 'wiki'], { backups: true }),
    server('backup-vault', 'cx43', 'hel1', 'debian-12', 520, ['production', 'platform', 'backup', 'restic'], {
      isProtected: true,
    }),
    server('sandbox-lena', 'cpx12', 'nbg1', 'ubuntu-26.04', 19, ['development', 'data', 'sandbox', 'scratch'], {
      offDays: 11,
    }),
  ],
}
