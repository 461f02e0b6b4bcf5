import type { Entity, Labels } from './entity.ts'

export interface PrimaryNameserver {
  address: string
  port: number
  tsig_key?: string
  tsig_algorithm?: string
}

export interface ZoneRecord extends Entity {
  name: string
  mode: 'primary' | 'secondary'
  status: 'ok' | 'updating' | 'error'
  ttl: number
  primaryNameservers: PrimaryNameserver[]
  /** Where the parent zone points, and when that was last looked at. */
  delegation: { status: 'valid' | 'unregistered' | 'unknown'; checked: number | null }
  registrar: 'hetzner' | 'other' | 'unknown'
  protection: { delete: boolean }
  labels: Labels
  created: number
}

export interface DnsRecord {
  value: string
  comment?: string
}

export interface RrsetRecord extends Entity {
  zone: number
  name: string
  type: string
  /** Null = the zone's. */
  ttl: number | null
  records: DnsRecord[]
  protection: { change: boolean }
  labels: Labels
  created: number
}
