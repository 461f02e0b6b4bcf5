import { plain, to, type Shape } from './shape.ts'

export const dnsShapes = {
  zone: {
    seenBy: 'zone',
    rules: {},
    secrets: { 'primary_nameservers[].tsig_key': 'zones:manage' },
  },
  rrset: {
    seenBy: 'parent',
    rules: { id: plain, zone: to('zone', 'item') },
  },
} satisfies Record<string, Shape>
