import { step } from '../step.ts'

export const removal = [
  step('server delete nobody', { fails: 'Server not found: nobody' }),
  step('volume delete nobody', { fails: 'nobody' }),
  step('network delete nobody', { fails: 'nobody' }),
  step('server delete app'),
  step('server delete plain'),
  step('server delete bare'),
  step('primary-ip delete front'),
  step('volume delete records'),
  step('volume detach ledger'),
  step('volume delete ledger'),
  step('firewall delete door'),
  step('placement-group delete spread'),
  step('network remove-route lab --destination 192.168.0.0/24 --gateway 10.20.1.5'),
  step('network remove-subnet lab --ip-range 10.20.1.0/24'),
  step('network delete lab'),
  step('ssh-key delete notebook'),
  step('server delete db'),
  step('server delete web'),
  step('server list -o json', { id: 'server list at the end' }),
]
