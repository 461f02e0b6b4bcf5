import type { Entity, Labels } from './entity.ts'

export interface HealthCheck {
  protocol: 'tcp' | 'http'
  port: number
  interval: number
  timeout: number
  retries: number
  http?: { domain: string | null; path: string; response: string; status_codes: string[]; tls: boolean }
}

/** A service as the provider writes it, and since when it is there. */
export interface LoadBalancerService {
  protocol: 'tcp' | 'http' | 'https'
  listen_port: number
  destination_port: number
  proxyprotocol: boolean
  health_check: HealthCheck
  http?: {
    cookie_name: string
    cookie_lifetime: number
    timeout_idle: number
    sticky_sessions: boolean
    certificates: number[]
    redirect_http: boolean
  }
  since: number
}

export type LoadBalancerTarget = { since: number } & (
  | { type: 'server'; server: number; ip: string | null; usePrivateIp: boolean }
  | { type: 'label_selector'; selector: string; usePrivateIp: boolean }
  | { type: 'ip'; ip: string }
)

export type BalancingAlgorithm = 'round_robin' | 'least_connections'

export interface LoadBalancerRecord extends Entity {
  name: string
  type: string
  location: string
  algorithm: BalancingAlgorithm
  services: LoadBalancerService[]
  targets: LoadBalancerTarget[]
  publicInterface: boolean
  ipv4: string
  ipv6: string
  /** Reverse names by address. */
  dnsPtr: Record<string, string>
  privateNet: { network: number; ip: string }[]
  protection: { delete: boolean }
  labels: Labels
  created: number
}

export interface CertificateStatus {
  issuance: 'pending' | 'completed' | 'failed'
  renewal: 'scheduled' | 'pending' | 'failed' | 'unavailable'
  error: { code: string; message: string } | null
}

export interface CertificateRecord extends Entity {
  name: string
  type: 'uploaded' | 'managed'
  /** In PEM; null while a managed one was not issued. */
  certificate: string | null
  notValidBefore: number | null
  notValidAfter: number | null
  domainNames: string[]
  fingerprint: string | null
  /** Null for uploaded ones. */
  status: CertificateStatus | null
  labels: Labels
  created: number
}
