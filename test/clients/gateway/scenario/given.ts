import { scenario, step, type Step } from '../step.ts'

/** What is there before anybody narrow comes: one server of each team, and what belongs to it. */
export const given: Step[] = scenario(
  step('network create --name backend --ip-range 10.30.0.0/16 --label team=data'),
  step('network add-subnet backend --type cloud --network-zone eu-central --ip-range 10.30.1.0/24'),
  step('firewall create --name guard --label team=data'),
  step('server create --name web --type cpx22 --image debian-12 --location nbg1 --network backend --label team=web', {
    id: 'given server create web',
    keeps: { web: /Server (\d+) created/ },
  }),
  step('server create --name db --type cpx22 --image debian-12 --location nbg1 --network backend --label team=data', {
    id: 'given server create db',
    keeps: { db: /Server (\d+) created/ },
  }),
  step('firewall apply-to-resource guard --type server --server web', { id: 'given firewall guards web' }),
  step('firewall apply-to-resource guard --type server --server db', { id: 'given firewall guards db' }),
  step('volume create --name ledger --size 10 --server web --label team=data'),
  step('floating-ip create --name anycast --type ipv4 --server db --label team=data'),
)
