import { scenario, type Step } from '../step.ts'
import { certificates, loadBalancers } from './balancing.ts'
import { removal } from './removal.ts'
import { firewalls, floatingIps, groups, networks, sshKeys, volumes } from './resources.ts'
import { addresses, creation, images, looking, power, settings } from './servers.ts'

export { given } from './given.ts'

/** Everything this edition of the CLI knows but contexts and ssh, refusals included. */
export const steps: Step[] = scenario(
  ...sshKeys,
  ...networks,
  ...firewalls,
  ...volumes,
  ...groups,
  ...floatingIps,
  ...creation,
  ...looking,
  ...power,
  ...settings,
  ...images,
  ...addresses,
  ...certificates,
  ...loadBalancers,
  ...removal,
)
