import { balancerShapes } from './shapes/balancers.ts'
import { dnsShapes } from './shapes/dns.ts'
import { networkingShapes } from './shapes/networking.ts'
import { serverShapes } from './shapes/servers.ts'
import type { Shape } from './shapes/shape.ts'

export type { Hide, Rule, Shape } from './shapes/shape.ts'

/** What resources look like in answers, as far as they name others. */
export const shapes = {
  ...serverShapes,
  ...networkingShapes,
  ...balancerShapes,
  ...dnsShapes,
} satisfies Record<string, Shape>

export type ShapeName = keyof typeof shapes
