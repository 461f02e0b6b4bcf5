import { empty } from '../envelope.ts'
import { byId, byIdOrName, byIp, bySelector, choice, listing, plain, type BodyFields } from '../fields.ts'
import { act, actionReads, group, listOf, metricsOf, single, withAction } from './group.ts'

/** What a load balancer sends its traffic to. */
const target = (at = ''): BodyFields => ({
  [`${at}type`]: choice('server', 'label_selector', 'ip'),
  [`${at}server.id`]: byId('server', 'servers:configure'),
  [`${at}label_selector.selector`]: bySelector('server', 'servers:configure'),
  [`${at}ip.ip`]: byIp('dedicated_server', 'load-balancers:manage'),
  // An address of that very server.
  ...plain(`${at}server.ip`),
})

const service = (at = ''): BodyFields => ({
  ...plain(`${at}protocol`, `${at}listen_port`, `${at}destination_port`, `${at}proxyprotocol`, `${at}health_check`),
  ...plain(`${at}http.cookie_name`, `${at}http.cookie_lifetime`, `${at}http.timeout_idle`),
  ...plain(`${at}http.sticky_sessions`, `${at}http.redirect_http`),
  [`${at}http.certificates[]`]: byId('certificate', 'certificates:read'),
})

const network = byId('network', 'networks:read')
const load_balancer_type = byIdOrName('load_balancer_type', 'load-balancers:manage')
const manage = (body?: BodyFields) => act('load-balancers:manage', body ? { body } : {})

export const loadBalancers = group({
  'GET /load_balancers': {
    permission: 'load-balancers:read',
    query: listing('sort', 'name', 'label_selector'),
    answer: listOf('load_balancers', 'load_balancer'),
  },
  'POST /load_balancers': {
    permission: 'load-balancers:manage',
    creates: 'load_balancer',
    repeat: 'named',
    body: {
      ...plain('name', 'algorithm', 'labels', 'public_interface', 'network_zone', 'targets[].use_private_ip'),
      ...service('services[].'),
      ...target('targets[].'),
      load_balancer_type,
      network,
      location: byIdOrName('location', 'load-balancers:manage'),
    },
    answer: withAction('load_balancer'),
  },
  'GET /load_balancers/{id}': { permission: 'load-balancers:read', answer: single('load_balancer') },
  'PUT /load_balancers/{id}': {
    permission: 'load-balancers:manage',
    body: plain('name', 'labels'),
    answer: single('load_balancer'),
  },
  'DELETE /load_balancers/{id}': { permission: 'load-balancers:delete', answer: empty },
  'GET /load_balancers/{id}/metrics': metricsOf('load-balancers:read'),
  'POST /load_balancers/{id}/actions/add_service': manage(service()),
  'POST /load_balancers/{id}/actions/update_service': manage(service()),
  'POST /load_balancers/{id}/actions/delete_service': manage(plain('listen_port')),
  'POST /load_balancers/{id}/actions/add_target': manage({ ...target(), ...plain('use_private_ip') }),
  'POST /load_balancers/{id}/actions/remove_target': manage(target()),
  'POST /load_balancers/{id}/actions/change_algorithm': manage(plain('type')),
  'POST /load_balancers/{id}/actions/change_type': manage({ load_balancer_type }),
  'POST /load_balancers/{id}/actions/attach_to_network': manage({ network, ...plain('ip', 'ip_range') }),
  'POST /load_balancers/{id}/actions/detach_from_network': manage({ network }),
  'POST /load_balancers/{id}/actions/enable_public_interface': manage(),
  'POST /load_balancers/{id}/actions/disable_public_interface': manage(),
  'POST /load_balancers/{id}/actions/change_dns_ptr': manage(plain('ip', 'dns_ptr')),
  'POST /load_balancers/{id}/actions/change_protection': manage(plain('delete')),
  ...actionReads('load_balancers', 'load-balancers:read'),
})
