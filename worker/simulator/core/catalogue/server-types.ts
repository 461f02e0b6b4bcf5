import { toTimestamp } from '../time.ts'
import { locationByName } from './locations.ts'
import { hourlyOf, price, type Price } from './money.ts'

/** A server type with its net monthly prices per location (FACTS §11). */
export interface ServerType {
  id: number
  name: string
  description: string
  cores: number
  memory: number
  disk: number
  category: string
  cpuType: 'shared' | 'dedicated'
  architecture: 'x86' | 'arm'
  /** Net price per month by location. */
  prices: Record<string, string>
  /** Locations where it is sold out from the start. */
  soldOut: string[]
  /** Retired: no longer listed, but old servers still have it. */
  retired: { announced: number; unavailableAfter: number } | null
}

const TEBIBYTE = 1_099_511_627_776
const EUROPE = ['fsn1', 'nbg1', 'hel1'] as const

const inEurope = (net: string): Record<string, string> => Object.fromEntries(EUROPE.map((name) => [name, net]))
const everywhere = (net: string, singapore: string): Record<string, string> => ({
  ...inEurope(net),
  ash: net,
  hil: net,
  sin: singapore,
})

type Row = [id: number, name: string, cores: number, memory: number, disk: number, prices: Record<string, string>]

const line = (
  rows: Row[],
  shared: Pick<ServerType, 'category' | 'cpuType' | 'architecture'>,
  soldOut: Record<string, string[]> = {},
): ServerType[] =>
  rows.map(([id, name, cores, memory, disk, prices]) => ({
    id,
    name,
    description: name.toUpperCase(),
    cores,
    memory,
    disk,
    prices,
    ...shared,
    soldOut: soldOut[name] ?? [],
    retired: null,
  }))

const retire = (types: ServerType[]): ServerType[] =>
  types.map((type) => ({
    ...type,
    retired: { announced: Date.UTC(2025, 9, 1), unavailableAfter: Date.UTC(2026, 0, 1) },
  }))

const COST_OPTIMIZED = { category: 'Cost-Optimized', cpuType: 'shared', architecture: 'x86' } as const
const COST_OPTIMIZED_ARM = { category: 'Cost-Optimized', cpuType: 'shared', architecture: 'arm' } as const
const REGULAR = { category: 'Regular Performance', cpuType: 'shared', architecture: 'x86' } as const
const GENERAL = { category: 'General Purpose', cpuType: 'dedicated', architecture: 'x86' } as const

export const SERVER_TYPES: ServerType[] = [
  ...line([[22, 'cpx11', 2, 2, 40, { ash: '17.49', hil: '17.49' }]], REGULAR),
  ...line(
    [
      [45, 'cax11', 2, 4, 40, inEurope('5.99')],
      [93, 'cax21', 4, 8, 80, inEurope('10.49')],
      [94, 'cax31', 8, 16, 160, inEurope('20.99')],
      [95, 'cax41', 16, 32, 320, inEurope('40.99')],
    ],
    COST_OPTIMIZED_ARM,
    { cax11: ['nbg1'], cax31: [...EUROPE], cax41: [...EUROPE] },
  ),
  ...line(
    [
      [96, 'ccx13', 2, 8, 80, everywhere('42.99', '58.49')],
      [97, 'ccx23', 4, 16, 160, everywhere('85.99', '116.99')],
      [98, 'ccx33', 8, 32, 240, everywhere('138.49', '188.49')],
      [99, 'ccx43', 16, 64, 360, everywhere('275.99', '375.49')],
      [100, 'ccx53', 32, 128, 600, everywhere('533.49', '725.49')],
    ],
    GENERAL,
  ),
  ...retire(
    line(
      [
        [104, 'cx22', 2, 4, 40, inEurope('4.49')],
        [105, 'cx32', 4, 8, 80, inEurope('7.99')],
        [106, 'cx42', 8, 16, 160, inEurope('18.49')],
        [107, 'cx52', 16, 32, 320, inEurope('35.99')],
      ],
      COST_OPTIMIZED,
    ),
  ),
  ...line(
    [
      [108, 'cpx12', 1, 2, 40, { ...inEurope('11.49'), sin: '15.49' }],
      [109, 'cpx22', 2, 4, 80, { ...inEurope('19.49'), sin: '26.49' }],
      [110, 'cpx32', 4, 8, 160, inEurope('35.49')],
      [111, 'cpx42', 8, 16, 320, inEurope('69.49')],
      [112, 'cpx52', 12, 24, 480, inEurope('100.49')],
      [113, 'cpx62', 16, 32, 640, inEurope('129.99')],
    ],
    REGULAR,
  ),
  ...line(
    [
      [114, 'cx23', 2, 4, 40, inEurope('5.49')],
      [115, 'cx33', 4, 8, 80, inEurope('8.49')],
      [116, 'cx43', 8, 16, 160, inEurope('15.99')],
      [117, 'cx53', 16, 32, 320, inEurope('29.49')],
    ],
    COST_OPTIMIZED,
    { cx23: ['fsn1'], cx43: ['fsn1', 'nbg1'], cx53: [...EUROPE] },
  ),
]

const byName = new Map(SERVER_TYPES.map((type) => [type.name, type]))

export function serverTypeByName(name: string): ServerType {
  const found = byName.get(name)
  if (!found) throw new Error(`no server type ${name}`)
  return found
}

/** By id or name; undefined when there is none. */
export function findServerType(reference: string): ServerType | undefined {
  return byName.get(reference) ?? SERVER_TYPES.find((type) => String(type.id) === reference)
}

/** Bytes of outgoing traffic included per month at a location. */
export function includedTraffic(location: string): number {
  if ((EUROPE as readonly string[]).includes(location)) return 20 * TEBIBYTE
  return location === 'sin' ? TEBIBYTE / 2 : TEBIBYTE
}

export interface TypePrice {
  location: string
  price_hourly: Price
  price_monthly: Price
  included_traffic: number
  price_per_tb_traffic: Price
}

/** The price list of a type, as the provider writes it. */
export function typePrices(type: ServerType): TypePrice[] {
  return Object.entries(type.prices).map(([location, net]) => ({
    location,
    price_hourly: price(hourlyOf(net)),
    price_monthly: price(net),
    included_traffic: includedTraffic(location),
    price_per_tb_traffic: price(location === 'sin' ? '7.40' : '1.00'),
  }))
}

/** The type as the provider writes it; `isSoldOut` adds shortages to those of the catalogue. */
export function toWireServerType(type: ServerType, isSoldOut: (type: string, location: string) => boolean): object {
  const deprecation = type.retired && {
    announced: toTimestamp(type.retired.announced),
    unavailable_after: toTimestamp(type.retired.unavailableAfter),
  }
  return {
    id: type.id,
    name: type.name,
    description: type.description,
    category: type.category,
    cores: type.cores,
    memory: type.memory,
    disk: type.disk,
    deprecated: type.retired !== null,
    deprecation,
    prices: typePrices(type),
    storage_type: 'local',
    cpu_type: type.cpuType,
    architecture: type.architecture,
    locations: Object.keys(type.prices).map((name) => ({
      id: locationByName(name).id,
      name,
      deprecation,
      recommended: type.category === 'Regular Performance' && type.retired === null,
      available: !type.retired && !type.soldOut.includes(name) && !isSoldOut(type.name, name),
    })),
  }
}
