import { step } from '../step.ts'

export const sshKeys = [
  step('ssh-key create --name laptop --public-key-from-file {folder}/key.pub'),
  step('ssh-key describe laptop -o json', { id: 'ssh-key describe' }),
  step('ssh-key list -o json', { id: 'ssh-key list' }),
  step('ssh-key add-label laptop usage=people'),
  step('ssh-key remove-label laptop usage'),
  step('ssh-key update laptop --name notebook'),
  step('ssh-key create --name other --public-key-from-file {folder}/key.pub', {
    id: 'ssh-key create the same again',
    fails: 'uniqueness_error',
  }),
]

export const networks = [
  step('network create --name lab --ip-range 10.20.0.0/16 --label team=web'),
  step('network add-subnet lab --type cloud --network-zone eu-central --ip-range 10.20.1.0/24'),
  step('network add-subnet lab --type cloud --network-zone eu-central --ip-range 172.16.0.0/24', {
    id: 'network add-subnet outside',
    fails: 'invalid_input',
  }),
  step('network add-route lab --destination 192.168.0.0/24 --gateway 10.20.1.5'),
  step('network describe lab -o json', { id: 'network describe' }),
  step('network describe backend -o json', { id: 'network describe backend' }),
  step('network list -o json', { id: 'network list' }),
  step('network add-label lab stage=test'),
  step('network remove-label lab stage'),
  step('network update lab --name lab'),
  step('network change-ip-range lab --ip-range 10.20.0.0/15'),
  step('network enable-protection lab delete'),
  step('network delete lab', { id: 'network delete protected', fails: 'protected' }),
  step('network disable-protection lab delete'),
]

export const firewalls = [
  step('firewall create --name gate --rules-file {folder}/rules.json --label team=web'),
  step('firewall add-rule gate --direction in --protocol tcp --port 22 --source-ips 0.0.0.0/0'),
  step('firewall add-rule gate --direction in --protocol tcp --port 99999 --source-ips 0.0.0.0/0', {
    id: 'firewall add-rule of no port',
    fails: 'invalid_input',
  }),
  step('firewall add-rule gate --direction out --protocol icmp --destination-ips 10.20.0.0/16 --description ping', {
    id: 'firewall add-rule outwards',
  }),
  step('firewall delete-rule gate --direction in --protocol tcp --port 22 --source-ips 0.0.0.0/0'),
  step('firewall replace-rules gate --rules-file {folder}/rules.json'),
  step('firewall apply-to-resource gate --type server --server web'),
  step('firewall describe gate -o json', { id: 'firewall describe' }),
  step('firewall delete gate', { id: 'firewall delete in use', fails: 'resource_in_use' }),
  step('firewall remove-from-resource gate --type server --server web'),
  step('firewall apply-to-resource gate --type label_selector --label-selector team=web', {
    id: 'firewall apply to a label',
  }),
  step('firewall remove-from-resource gate --type label_selector --label-selector team=web', {
    id: 'firewall remove from a label',
  }),
  step('firewall list -o json', { id: 'firewall list' }),
  step('firewall update gate --name door'),
  step('firewall add-label door stage=test'),
  step('firewall remove-label door stage'),
]

export const volumes = [
  step('volume create --name data --size 10 --location nbg1 --label team=web'),
  step('volume create --name data --size 10 --location nbg1', { id: 'volume create again', fails: 'uniqueness_error' }),
  step('volume create --name tiny --size 1 --location nbg1', { id: 'volume create too small', fails: 'invalid_input' }),
  step('volume attach data --server web'),
  step('volume describe data -o json', { id: 'volume describe' }),
  step('volume describe ledger -o json', { id: 'volume describe ledger' }),
  step('volume list -o json', { id: 'volume list' }),
  step('volume resize data --size 20'),
  step('volume delete data', { id: 'volume delete attached', fails: 'must be detached' }),
  step('volume detach data'),
  step('volume enable-protection data delete'),
  step('volume delete data', { id: 'volume delete protected', fails: 'protected' }),
  step('volume disable-protection data delete'),
  step('volume add-label data stage=test'),
  step('volume remove-label data stage'),
  step('volume update data --name records'),
]

export const groups = [
  step('placement-group create --name apart --type spread --label team=web'),
  step('placement-group describe apart'),
  step('placement-group list -o json', { id: 'placement-group list' }),
  step('placement-group update apart --name spread'),
  step('placement-group add-label spread stage=test'),
  step('placement-group remove-label spread stage'),
]

export const floatingIps = [
  step('floating-ip create --name moving --type ipv4 --home-location nbg1 --label team=web'),
  step('floating-ip assign moving web'),
  step('floating-ip describe moving -o json', { id: 'floating-ip describe' }),
  step('floating-ip describe anycast -o json', { id: 'floating-ip describe anycast' }),
  step('floating-ip list -o json', { id: 'floating-ip list' }),
  step('floating-ip set-rdns moving --hostname moving.example.com'),
  step('floating-ip unassign moving'),
  step('floating-ip add-label moving stage=test'),
  step('floating-ip remove-label moving stage'),
  step('floating-ip update moving --description roams'),
  step('floating-ip enable-protection moving delete'),
  step('floating-ip delete moving', { id: 'floating-ip delete protected', fails: 'protected' }),
  step('floating-ip disable-protection moving delete'),
  step('floating-ip delete moving'),
]
