import type { components } from '#lib/api/schema.d.ts'
import { m } from '#lib/paraglide/messages.js'

export type Permission = components['schemas']['PermissionTable']['items'][number]['permission']

const texts = {
  'servers:read': m.permission_servers_read,
  'servers:power': m.permission_servers_power,
  'servers:annotate': m.permission_servers_annotate,
  'servers:sync': m.permission_servers_sync,
  'servers:create': m.permission_servers_create,
  'servers:delete': m.permission_servers_delete,
  'servers:rebuild': m.permission_servers_rebuild,
  'servers:resize': m.permission_servers_resize,
  'servers:configure': m.permission_servers_configure,
  'servers:console': m.permission_servers_console,
  'images:read': m.permission_images_read,
  'images:manage': m.permission_images_manage,
  'images:delete': m.permission_images_delete,
  'ssh-keys:read': m.permission_ssh_keys_read,
  'ssh-keys:manage': m.permission_ssh_keys_manage,
  'ssh-keys:delete': m.permission_ssh_keys_delete,
  'volumes:read': m.permission_volumes_read,
  'volumes:manage': m.permission_volumes_manage,
  'volumes:delete': m.permission_volumes_delete,
  'networks:read': m.permission_networks_read,
  'networks:manage': m.permission_networks_manage,
  'networks:delete': m.permission_networks_delete,
  'firewalls:read': m.permission_firewalls_read,
  'firewalls:manage': m.permission_firewalls_manage,
  'firewalls:delete': m.permission_firewalls_delete,
  'ips:read': m.permission_ips_read,
  'ips:manage': m.permission_ips_manage,
  'ips:delete': m.permission_ips_delete,
  'load-balancers:read': m.permission_load_balancers_read,
  'load-balancers:manage': m.permission_load_balancers_manage,
  'load-balancers:delete': m.permission_load_balancers_delete,
  'certificates:read': m.permission_certificates_read,
  'certificates:manage': m.permission_certificates_manage,
  'certificates:delete': m.permission_certificates_delete,
  'zones:read': m.permission_zones_read,
  'zones:manage': m.permission_zones_manage,
  'zones:delete': m.permission_zones_delete,
  'placement-groups:read': m.permission_placement_groups_read,
  'placement-groups:manage': m.permission_placement_groups_manage,
  'placement-groups:delete': m.permission_placement_groups_delete,
  'accounts:read': m.permission_accounts_read,
  'accounts:manage': m.permission_accounts_manage,
  'audit:read': m.permission_audit_read,
  'provider-log:read': m.permission_provider_log_read,
  'costs:read': m.permission_costs_read,
  'users:read': m.permission_users_read,
  'users:govern': m.permission_users_govern,
  'api-keys:use': m.permission_api_keys_use,
  'servers:lock': m.permission_servers_lock,
} satisfies Record<Permission, () => string>

export const permissions = Object.keys(texts) as Permission[]

/** A permission as a sentence; one this version does not know yet, as it is called in the API. */
export const permissionText = (permission: string): string =>
  (texts as Record<string, () => string>)[permission]?.() ?? permission

const resources: Record<string, () => string> = {
  servers: m.resource_servers,
  images: m.resource_images,
  'ssh-keys': m.resource_ssh_keys,
  volumes: m.resource_volumes,
  networks: m.resource_networks,
  firewalls: m.resource_firewalls,
  ips: m.resource_ips,
  'load-balancers': m.resource_load_balancers,
  certificates: m.resource_certificates,
  zones: m.resource_zones,
  'placement-groups': m.resource_placement_groups,
  accounts: m.resource_accounts,
  audit: m.resource_audit,
  'provider-log': m.resource_provider_log,
  costs: m.resource_costs,
  users: m.resource_users,
  'api-keys': m.resource_api_keys,
}

/** What a permission is about, in words. */
export const resourceText = (resource: string): string => resources[resource]?.() ?? resource
