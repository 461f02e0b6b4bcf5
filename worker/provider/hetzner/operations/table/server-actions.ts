import { forConsole, one, theAction } from '../envelope.ts'
import { byId, byIdOrName, choice, plain, secret } from '../fields.ts'
import type { Spec } from '../operation.ts'
import type { GatewayPermission } from '../permission.ts'
import { act, group } from './group.ts'

/** An act during which no other may run on the server. */
const alone = (permission: GatewayPermission, rest: Partial<Spec> = {}): Spec =>
  act(permission, { lock: 'path.id', ...rest })
const configure = (body?: Spec['body']): Spec => alone('servers:configure', body ? { body } : {})

const withPassword: Spec['answer'] = { root_password: forConsole, ...theAction }
const network = byId('network', 'networks:read')

export const serverActions = group({
  'POST /servers/{id}/actions/poweron': alone('servers:power'),
  'POST /servers/{id}/actions/poweroff': alone('servers:power'),
  'POST /servers/{id}/actions/shutdown': alone('servers:power'),
  'POST /servers/{id}/actions/reboot': alone('servers:power', { repeat: 'twice' }),
  'POST /servers/{id}/actions/reset': alone('servers:power', { repeat: 'twice' }),

  'POST /servers/{id}/actions/rebuild': alone('servers:rebuild', {
    ownerLock: 'rebuild',
    destructive: true,
    repeat: 'twice',
    body: { image: byIdOrName('image', 'images:read'), user_data: secret },
    answer: withPassword,
  }),
  // The disk never shrinks again.
  'POST /servers/{id}/actions/change_type': alone('servers:resize', {
    ownerLock: 'resize',
    destructive: true,
    body: { ...plain('upgrade_disk'), server_type: byIdOrName('server_type', 'servers:resize') },
  }),

  'POST /servers/{id}/actions/reset_password': alone('servers:console', { repeat: 'twice', answer: withPassword }),
  'POST /servers/{id}/actions/enable_rescue': alone('servers:console', {
    repeat: 'twice',
    body: { ...plain('type'), 'ssh_keys[]': byIdOrName('ssh_key', 'ssh-keys:read') },
    answer: withPassword,
  }),
  'POST /servers/{id}/actions/disable_rescue': alone('servers:console'),
  // Changes nothing, and is wanted most while something else is running.
  'POST /servers/{id}/actions/request_console': act('servers:console', {
    repeat: 'twice',
    answer: { wss_url: forConsole, password: forConsole, ...theAction },
  }),

  'POST /servers/{id}/actions/create_image': alone('servers:configure', {
    alsoNeeds: 'images:manage',
    creates: 'image',
    repeat: 'twice',
    body: { ...plain('description', 'labels'), type: choice('snapshot', 'backup') },
    answer: { image: one('image'), ...theAction },
  }),
  'POST /servers/{id}/actions/enable_backup': configure(),
  // All backups are deleted with it, at once.
  'POST /servers/{id}/actions/disable_backup': alone('servers:configure', {
    alsoNeeds: 'images:delete',
    destructive: true,
  }),

  'POST /servers/{id}/actions/attach_iso': configure({ iso: byIdOrName('iso', 'servers:configure') }),
  'POST /servers/{id}/actions/detach_iso': configure(),
  'POST /servers/{id}/actions/attach_to_network': configure({ network, ...plain('ip', 'alias_ips', 'ip_range') }),
  'POST /servers/{id}/actions/detach_from_network': configure({ network }),
  'POST /servers/{id}/actions/change_alias_ips': configure({ network, ...plain('alias_ips') }),
  'POST /servers/{id}/actions/add_to_placement_group': configure({
    placement_group: byId('placement_group', 'placement-groups:read'),
  }),
  'POST /servers/{id}/actions/remove_from_placement_group': configure(),
  'POST /servers/{id}/actions/change_dns_ptr': configure(plain('ip', 'dns_ptr')),
  'POST /servers/{id}/actions/change_protection': configure(plain('delete', 'rebuild')),
})
