/** Installation media that can be attached to a server. */
export interface Iso {
  id: number
  name: string
  description: string
  type: 'public' | 'private'
  architecture: 'x86' | 'arm'
  deprecation: null
}

const iso = (id: number, name: string, description: string, architecture: 'x86' | 'arm' = 'x86'): Iso => ({
  id,
  name,
  description,
  type: 'public',
  architecture,
  deprecation: null,
})

export const ISOS: Iso[] = [
  iso(26045, 'virtio-win-0.1.240.iso', 'virtio 0.1.240'),
  iso(117121, 'FreeBSD-14.3-RELEASE-amd64-bootonly.iso', 'FreeBSD 14.3 (amd64/netinstall)'),
  iso(117122, 'FreeBSD-14.3-RELEASE-arm64-bootonly.iso', 'FreeBSD 14.3 (arm64/netinstall)', 'arm'),
  iso(118640, 'debian-13.1.0-amd64-netinst.iso', 'Debian 13.1 (amd64/netinstall)'),
  iso(118641, 'debian-13.1.0-arm64-netinst.iso', 'Debian 13.1 (arm64/netinstall)', 'arm'),
  iso(119001, 'nixos-minimal-25.05-x86_64-linux.iso', 'NixOS 25.05 (amd64/minimal)'),
  iso(119420, 'archlinux-2026.10.01-x86_64.iso', 'Arch Linux 2026.10.01'),
  iso(119733, 'OPNsense-26.1-dvd-amd64.iso', 'OPNsense 26.1'),
  iso(119840, 'systemrescue-12.02-amd64.iso', 'SystemRescue 12.02'),
  iso(120011, 'talos-1.11-amd64.iso', 'Talos Linux 1.11 (amd64)'),
  iso(120012, 'talos-1.11-arm64.iso', 'Talos Linux 1.11 (arm64)', 'arm'),
  iso(120255, 'proxmox-ve_9.1.iso', 'Proxmox VE 9.1'),
]

/** By id or name; undefined when there is none. */
export function findIso(reference: string): Iso | undefined {
  return ISOS.find((entry) => entry.name === reference || String(entry.id) === reference)
}
