import type { Deprecation, ImageRecord } from '../types.ts'

type System = [
  name: string,
  description: string,
  flavor: string,
  version: string,
  x86: number,
  arm: number,
  released: string,
]

/** System images with their ids for x86 and arm (FACTS §11). */
const SYSTEM: System[] = [
  ['ubuntu-22.04', 'Ubuntu 22.04', 'ubuntu', '22.04', 67794396, 103908130, '2022-04-21'],
  ['debian-11', 'Debian 11', 'debian', '11', 45557056, 103907373, '2021-08-16'],
  ['debian-12', 'Debian 12', 'debian', '12', 114690387, 114690389, '2023-06-13'],
  ['centos-stream-9', 'CentOS Stream 9', 'centos', 'stream9', 45559722, 103908124, '2021-12-08'],
  ['rocky-9', 'Rocky Linux 9', 'rocky', '9', 76766499, 103907363, '2022-07-20'],
  ['alma-9', 'AlmaLinux 9', 'alma', '9', 76765828, 103909065, '2022-06-02'],
  ['ubuntu-24.04', 'Ubuntu 24.04', 'ubuntu', '24.04', 161547269, 161547270, '2024-04-25'],
  ['opensuse-16', 'openSUSE Leap 16', 'opensuse', '16', 318300121, 318300122, '2025-10-02'],
  ['centos-stream-10', 'CentOS Stream 10', 'centos', 'stream10', 209692341, 209692342, '2024-12-13'],
  ['alma-10', 'AlmaLinux 10', 'alma', '10', 249388941, 249388942, '2025-06-02'],
  ['rocky-10', 'Rocky Linux 10', 'rocky', '10', 251244503, 251244504, '2025-06-13'],
  ['debian-13', 'Debian 13', 'debian', '13', 310557141, 310557142, '2025-08-11'],
  ['fedora-43', 'Fedora 43', 'fedora', '43', 328504171, 328504172, '2025-10-29'],
  ['ubuntu-26.04', 'Ubuntu 26.04', 'ubuntu', '26.04', 389461201, 389461202, '2026-04-23'],
]

const APPS: [name: string, description: string, id: number][] = [
  ['lamp', 'LAMP Stack', 40093132],
  ['wordpress', 'WordPress', 40093176],
  ['jitsi', 'Jitsi', 40093216],
  ['nextcloud', 'Nextcloud', 40093247],
  ['docker-ce', 'Docker CE', 40093253],
  ['gitlab', 'GitLab', 40093261],
  ['wireguard', 'WireGuard', 45559811],
  ['prometheus-grafana', 'Prometheus + Grafana', 76766521],
]

const DEPRECATED: Record<string, Deprecation> = {
  'debian-11': { announced: Date.UTC(2026, 7, 31), unavailableAfter: Date.UTC(2026, 10, 30) },
}

const image = (
  own: Pick<ImageRecord, 'id' | 'type' | 'description' | 'osFlavor' | 'osVersion' | 'architecture' | 'created'> & {
    name: string
  },
): ImageRecord => ({
  ...own,
  project: 0,
  status: 'available',
  imageSize: null,
  diskSize: 5,
  createdFrom: null,
  boundTo: null,
  rapidDeploy: true,
  protection: { delete: false },
  deprecation: DEPRECATED[own.name] ?? null,
  labels: {},
})

/** The images that every project sees, in ascending id. */
export const CATALOGUE_IMAGES: ImageRecord[] = [
  ...SYSTEM.flatMap(([name, description, osFlavor, osVersion, x86, arm, released]) => {
    const shared = { name, description, osFlavor, osVersion, type: 'system' as const, created: Date.parse(released) }
    return [image({ ...shared, id: x86, architecture: 'x86' }), image({ ...shared, id: arm, architecture: 'arm' })]
  }),
  ...APPS.map(([name, description, id]) =>
    image({
      id,
      name,
      description,
      type: 'app',
      osFlavor: 'ubuntu',
      osVersion: '24.04',
      architecture: 'x86',
      created: Date.UTC(2024, 4, 6),
    }),
  ),
].toSorted((a, b) => a.id - b.id)

const byId = new Map(CATALOGUE_IMAGES.map((entry) => [entry.id, entry]))

export function catalogueImage(id: number): ImageRecord | undefined {
  return byId.get(id)
}

export function catalogueImageByName(name: string, architecture: string): ImageRecord | undefined {
  return CATALOGUE_IMAGES.find((entry) => entry.name === name && entry.architecture === architecture)
}
