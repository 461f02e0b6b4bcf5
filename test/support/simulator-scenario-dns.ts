import type { Answer } from '../worker/simulator/client.ts'
import type { Stage } from './simulator-scenario.ts'

const NAME = 'scenario.example'

/** Zones in both modes, addressed by id and by name, with everything that can be said to them and their RRSets. */
export function playZones({ get, post, put, remove, make, lists }: Stage): void {
  const labels = { env: 'test' }
  const id = make('zone', '/zones', {
    name: NAME,
    mode: 'primary',
    ttl: 600,
    labels,
    rrsets: [{ name: 'www', type: 'A', ttl: null, records: [{ value: '198.51.100.1', comment: 'web' }], labels }],
  })
  lists('zones', id)
  get(`/zones?name=${NAME}&mode=primary&label_selector=env&sort=name:desc&sort=created`)
  get(`/zones/${NAME}`)
  const { actions } = get(`/zones/${NAME}/actions`).body
  get(`/zones/${NAME}/actions/${(actions as { id: number }[])[0]?.id}`)
  put(`/zones/${NAME}`, { labels: {} })
  post('/zones', { name: NAME, mode: 'primary' })
  post('/zones', { name: 'www.scenario.example', mode: 'primary' })
  const act = (name: string, body: unknown): Answer => post(`/zones/${NAME}/actions/${name}`, body)
  act('change_ttl', { ttl: 3_600 })
  act('change_protection', { delete: true })
  remove(`/zones/${NAME}`)
  act('change_protection', { delete: false })
  act('change_primary_nameservers', { primary_nameservers: [{ address: '203.0.113.1' }] })
  playRrsets({ get, post, put, remove, make, lists })
  const { zonefile } = get(`/zones/${id}/zonefile`).body
  act('import_zonefile', { zonefile: 'nothing' })
  act('import_zonefile', { zonefile })
  const imported = make('zone', '/zones', {
    name: 'imported.example',
    mode: 'primary',
    zonefile: String(zonefile).replaceAll(NAME, 'imported.example'),
  })
  get(`/zones/${imported}/rrsets`)
  playSecondary({ get, post, put, remove, make, lists })
  for (const zone of [imported, NAME]) remove(`/zones/${zone}`)
  get(`/zones/${NAME}`)
}

function playRrsets({ get, post, put, remove }: Stage): void {
  const rrsets = `/zones/${NAME}/rrsets`
  const records = [{ value: '10 mail.example.net.' }, { value: '20 backup.example.net.', comment: 'second' }]
  post(rrsets, { name: '@', type: 'MX', ttl: 300, records, labels: { a: 'b' } })
  post(rrsets, { name: '@', type: 'MX', records })
  post(rrsets, { name: '@', type: 'A', records: [{ value: 'nothing' }] })
  get(`${rrsets}?name=@&type=MX&type=SOA&label_selector=a&sort=id:desc&per_page=100&page=1`)
  const mx = `${rrsets}/@/MX`
  get(mx)
  put(mx, { labels: { a: 'c' } })
  const act = (name: string, body: unknown): Answer => post(`${mx}/actions/${name}`, body)
  act('change_ttl', { ttl: null })
  act('change_protection', { change: true })
  act('set_records', { records })
  act('change_protection', { change: false })
  act('set_records', { records: records.slice(0, 1) })
  act('add_records', { ttl: 300, records: records.slice(1) })
  act('update_records', { records: [{ value: '10 mail.example.net.', comment: 'first' }] })
  act('remove_records', { records: records.slice(1) })
  post(`${rrsets}/*.dev/AAAA/actions/add_records`, { records: [{ value: '2001:db8::1' }] })
  get(`${rrsets}/*.dev/AAAA`)
  remove(mx)
  get(mx)
}

function playSecondary({ get, post, remove, make }: Stage): void {
  const nameservers = [
    { address: '198.51.100.1', port: 5353, tsig_key: 'c2VjcmV0', tsig_algorithm: 'hmac-sha256' },
    { address: '2001:db8::53' },
  ]
  const id = make('zone', '/zones', {
    name: 'transferred.example',
    mode: 'secondary',
    primary_nameservers: nameservers,
  })
  get(`/zones/${id}`)
  get('/zones?mode=secondary')
  post(`/zones/${id}/actions/change_primary_nameservers`, { primary_nameservers: nameservers.slice(1) })
  for (const path of ['rrsets', 'zonefile', 'rrsets/@/A']) get(`/zones/${id}/${path}`)
  post(`/zones/${id}/actions/change_ttl`, { ttl: 600 })
  remove(`/zones/${id}`)
}
