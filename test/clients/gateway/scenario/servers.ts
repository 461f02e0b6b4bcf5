import { outside, step } from '../step.ts'

export const creation = [
  step(
    'server create --name app --type cpx22 --image ubuntu-24.04 --location nbg1 --ssh-key notebook --network lab ' +
      '--volume records --firewall door --placement-group spread --user-data-from-file {folder}/user-data ' +
      '--label team=web',
    { id: 'server create with everything', keeps: { app: /Server (\d+) created/ } },
  ),
  step('server describe app -o json', { id: 'server describe new' }),
  step('server describe app', { id: 'server describe new in words' }),
  step('server create --name app --type cpx22 --image ubuntu-24.04', {
    id: 'server create again',
    fails: 'uniqueness_error',
  }),
  step('server create --name x --type cx53 --image ubuntu-24.04', {
    id: 'server create of a sold-out type',
    fails: 'resource_unavailable',
  }),
  step('server create --name x --type none --image ubuntu-24.04', {
    id: 'server create of no type',
    fails: 'server_type',
  }),
  step('server create --name under_score --type cpx22 --image ubuntu-24.04', {
    id: 'server create with a bad name',
    fails: 'invalid_input',
  }),
  step('server create --name plain --type cpx22 --image debian-12 --location nbg1 --start-after-create=false', {
    id: 'server create plain',
    keeps: { plain: /Server (\d+) created/ },
  }),
]

export const looking = [
  step('server describe web -o json', { id: 'server describe' }),
  step('server describe db -o json', { id: 'server describe db' }),
  step('server describe {web} -o json', { id: 'server describe by id' }),
  step('server describe {db} -o json', { id: 'server describe db by id' }),
  step('server describe nobody', { fails: 'server not found: nobody' }),
  step('server list -o json', { id: 'server list' }),
  step('server list', { id: 'server list in columns' }),
  step('server list -l team=web -o json', { id: 'server list by label' }),
  step('server list -l team=data -o json', { id: 'server list by another label' }),
  step('server list -s name:desc -o noheader -o columns=id,name,status,ipv4,ipv6,volumes,labels', {
    id: 'server list sorted',
  }),
  step('server list -l =broken', { fails: 'invalid_input' }),
  step('server list -s colour'),
  step('server ip web'),
  step('server ip db'),
  step('server metrics web --type cpu --start 2026-11-20T00:00:00Z --end 2026-11-20T01:00:00Z -o json'),
  step('server metrics db --type disk --start 2026-11-20T00:00:00Z --end 2026-11-20T01:00:00Z -o json'),
  step('primary-ip list -o json', { id: 'primary-ip list' }),
  step('server-type list -o json', { id: 'server-type list' }),
  step('server-type describe cpx22 -o json', { id: 'server-type describe' }),
  step('location list -o json', { id: 'location list' }),
  step('location describe fsn1 -o json', { id: 'location describe' }),
  step('image list -t system -o json', { id: 'image list of the system' }),
  step('image describe debian-12 -o json', { id: 'image describe debian-12' }),
  step('iso list -o json', { id: 'iso list' }),
  step('load-balancer-type list -o json', { id: 'load-balancer-type list' }),
  step('datacenter list', { fails: 'deprecated_api_endpoint' }),
]

export const power = [
  step('server poweroff web'),
  step('server poweron web'),
  step('server reboot web'),
  step('server reset web'),
  step('server shutdown web'),
  step('server poweroff web', { id: 'server poweroff web that is off' }),
  step('server change-type web cpx32 --keep-disk'),
  step('server change-type web cpx42', { id: 'server change-type while it runs', fails: 'server_not_stopped' }),
  step('server poweroff web', { id: 'server poweroff web for ARM' }),
  step('server change-type web cax21 --keep-disk', { id: 'server change-type to ARM', fails: 'invalid_server_type' }),
  step('server poweron web', { id: 'server poweron web again' }),
  step('server reboot db'),
  step('server poweroff db'),
  outside('the provider works on web', 'web', { locked: true }),
  step('server reboot web', { id: 'server reboot locked', fails: 'locked' }),
  step('server delete web', { id: 'server delete locked', fails: 'locked' }),
  outside('the provider is done with web', 'web', { locked: false }),
]

export const settings = [
  step('server update web --name web'),
  step('server update db --name web', { id: 'server update to a taken name', fails: 'uniqueness_error' }),
  step('server add-label web stage=test'),
  step('server add-label web stage=other', { id: 'server add-label that is there', fails: 'already exists' }),
  step('server remove-label web stage'),
  step('server add-label db team=web --overwrite', { id: 'server add-label that takes db in' }),
  step('server add-label db team=data --overwrite', { id: 'server add-label that gives db back' }),
  step('server set-rdns web --hostname web.example.com'),
  step('server enable-backup web'),
  step('server disable-backup web'),
  step('server enable-rescue web --ssh-key notebook'),
  step('server enable-rescue db', { says: /with root password: \w{12}/ }),
  step('server disable-rescue web'),
  step('server disable-rescue db'),
  step('server reset-password web', { says: /: \w{12}/ }),
  step('server request-console web', { says: /wss:.*\n.*Password: \w{12}/ }),
  step('server request-console db -o json', { id: 'server request-console db' }),
  step('server attach-iso web 26045', { id: 'server attach-iso' }),
  step('server detach-iso web'),
  step('server attach-to-network web --network lab --ip 10.20.1.77'),
  step('server attach-to-network web --network lab', {
    id: 'server attach-to-network again',
    fails: 'server_already_attached',
  }),
  step('server change-alias-ips web --network lab --alias-ips 10.20.1.78'),
  step('server detach-from-network web --network lab'),
  step('server poweroff plain'),
  step('server add-to-placement-group plain --placement-group spread'),
  step('server remove-from-placement-group plain'),
  step('server enable-protection web delete rebuild', { id: 'server enable-protection' }),
  step('server delete web', { id: 'server delete protected', fails: 'protected' }),
  step('server rebuild web --image debian-12', { id: 'server rebuild protected', fails: 'protected' }),
  step('server disable-protection web delete rebuild', { id: 'server disable-protection' }),
  step('server rebuild web --image debian-13', { id: 'server rebuild' }),
]

export const images = [
  step('server create-image web --type snapshot --description golden --label team=web', {
    id: 'server create-image',
    keeps: { snapshot: /Image (\d+) created/ },
  }),
  step('server create-image db --type snapshot --description ledger --label team=data', {
    id: 'server create-image of db',
    keeps: { ledger: /Image (\d+) created/ },
  }),
  step('image list -t snapshot -o json', { id: 'image list of snapshots' }),
  step('image describe {snapshot} -o json', { id: 'image describe' }),
  step('image describe {ledger} -o json', { id: 'image describe of db' }),
  step('image add-label {snapshot} stage=test', { id: 'image add-label' }),
  step('image remove-label {snapshot} stage', { id: 'image remove-label' }),
  step('image update {snapshot} --description silver', { id: 'image update' }),
  step('image enable-protection {snapshot} delete', { id: 'image enable-protection' }),
  step('image delete {snapshot}', { id: 'image delete protected', fails: 'protected' }),
  step('image disable-protection {snapshot} delete', { id: 'image disable-protection' }),
  step('server rebuild web --image {snapshot}', { id: 'server rebuild from a snapshot' }),
  step('image delete {snapshot}', { id: 'image delete' }),
  step('image delete 161547269', { id: 'image delete of the system', fails: 'system images cannot be changed' }),
]

export const addresses = [
  step(
    'server create --name bare --type cpx22 --image debian-12 --location nbg1 --without-ipv4 --without-ipv6 ' +
      '--network lab --start-after-create=false --label team=web',
    { id: 'server create without addresses', keeps: { bare: /Server (\d+) created/ } },
  ),
  step('server describe plain -o json', {
    id: 'server describe plain',
    keeps: { address: /"ipv4":\s*\{[^{}\]]*"id":\s*(\d+)/, ip: /"ip":\s*"([\d.]+)"/ },
  }),
  step('primary-ip describe {address} -o json', { id: 'primary-ip describe' }),
  step('primary-ip set-rdns {address} --ip {ip} --hostname front.example.com', { id: 'primary-ip set-rdns' }),
  step('primary-ip update {address} --auto-delete=false', { id: 'primary-ip keep' }),
  step('primary-ip update {address} --name front', { id: 'primary-ip rename' }),
  step('primary-ip assign front --server bare', {
    id: 'primary-ip assign one in use',
    fails: 'primary_ip_already_assigned',
  }),
  step('primary-ip unassign front'),
  step('primary-ip assign front --server bare'),
  step('primary-ip enable-protection front'),
  step('primary-ip unassign front', { id: 'primary-ip unassign again' }),
  step('primary-ip delete front', { id: 'primary-ip delete protected', fails: 'protected' }),
  step('primary-ip disable-protection front'),
]
