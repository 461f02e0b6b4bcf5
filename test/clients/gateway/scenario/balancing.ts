import { step } from '../step.ts'

export const certificates = [
  step('certificate create --name page --cert-file {folder}/page.crt --key-file {folder}/page.pem', {
    keeps: { certificate: /Certificate (\d+) created/ },
  }),
  step('certificate create --name page --cert-file {folder}/page.crt --key-file {folder}/page.pem', {
    id: 'certificate create again',
    fails: 'uniqueness_error',
  }),
  step('certificate create --name managed --type managed --domain example.com', {
    id: 'certificate create without a zone',
    fails: 'dns_zone_not_found',
  }),
  step('certificate describe page -o json', { id: 'certificate describe' }),
  step('certificate list -o json', { id: 'certificate list' }),
  step('certificate add-label page usage=web'),
  step('certificate remove-label page usage'),
  step('certificate update page --name cover'),
]

export const loadBalancers = [
  step('load-balancer create --name balancer --type lb11 --location nbg1 --label team=web'),
  step('load-balancer create --name balancer --type lb11 --location nbg1', {
    id: 'load-balancer create again',
    fails: 'uniqueness_error',
  }),
  step('load-balancer add-service balancer --protocol tcp --listen-port 8080 --destination-port 80'),
  step('load-balancer add-service balancer --protocol tcp --listen-port 8080 --destination-port 80', {
    id: 'load-balancer add-service again',
    fails: 'source_port_already_used',
  }),
  step('load-balancer add-service balancer --protocol https --http-certificates {certificate}', {
    id: 'load-balancer add-service with a certificate',
  }),
  step('load-balancer update-service balancer --listen-port 8080 --destination-port 81'),
  step('load-balancer add-target balancer --server web'),
  step('load-balancer add-target balancer --server web', {
    id: 'load-balancer add-target again',
    fails: 'target_already_defined',
  }),
  step('load-balancer add-target balancer --server db', { id: 'load-balancer add-target db' }),
  step('load-balancer add-target balancer --label-selector team=web', { id: 'load-balancer add-target by label' }),
  step('load-balancer describe balancer -o json', { id: 'load-balancer describe' }),
  step('load-balancer list -o json', { id: 'load-balancer list' }),
  step(
    'load-balancer metrics balancer --type requests_per_second --start 2026-11-20T00:00:00Z --end 2026-11-20T01:00:00Z -o json',
    { id: 'load-balancer metrics' },
  ),
  step('certificate delete cover', { id: 'certificate delete in use', fails: 'certificate still in use' }),
  step('load-balancer remove-target balancer --label-selector team=web', {
    id: 'load-balancer remove-target by label',
  }),
  step('load-balancer remove-target balancer --server db', { id: 'load-balancer remove-target db' }),
  step('load-balancer remove-target balancer --server web'),
  step('load-balancer attach-to-network balancer --network lab'),
  step('load-balancer disable-public-interface balancer'),
  step('load-balancer enable-public-interface balancer'),
  step('load-balancer detach-from-network balancer --network lab'),
  step('load-balancer change-algorithm balancer --algorithm-type least_connections'),
  step('load-balancer change-type balancer lb21'),
  step('load-balancer delete-service balancer --listen-port 443'),
  step('load-balancer add-label balancer stage=test'),
  step('load-balancer remove-label balancer stage'),
  step('load-balancer update balancer --name scales'),
  step('load-balancer enable-protection scales delete'),
  step('load-balancer delete scales', { id: 'load-balancer delete protected', fails: 'protected' }),
  step('load-balancer disable-protection scales delete'),
  step('load-balancer delete scales'),
  step('certificate delete cover'),
  step('certificate delete managed'),
]
