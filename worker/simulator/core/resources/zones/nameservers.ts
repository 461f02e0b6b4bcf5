import type { Body } from '../../body.ts'
import type { PrimaryNameserver } from '../../types.ts'
import { isIpv4, isIpv6 } from './record-values.ts'

const ALGORITHMS = ['hmac-md5', 'hmac-sha1', 'hmac-sha256'] as const
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
const DNS_PORT = 53

/** Where a secondary zone is transferred from. Problems are collected in the body. */
export function readNameservers(body: Body): PrimaryNameserver[] {
  const nameservers = body.objects('primary_nameservers').map((item): PrimaryNameserver => {
    const port = item.integerBetween('port', 1, 65_535) ?? DNS_PORT
    const key = item.string('tsig_key') || undefined
    const algorithm = item.oneOf('tsig_algorithm', ALGORITHMS)
    const address = item.requiredString('address')
    if (!isIpv4(address) && !isIpv6(address)) item.problem('address', 'must be an IPv4 or IPv6 address')
    if (key && !BASE64.test(key)) item.problem('tsig_key', 'must be base64 encoded')
    return { address, port, ...(key ? { tsig_key: key } : {}), ...(algorithm ? { tsig_algorithm: algorithm } : {}) }
  })
  if (nameservers.length === 0) body.problem('primary_nameservers', 'missing data for required field')
  if (new Set(nameservers.map(({ address }) => address)).size < nameservers.length)
    body.problem('primary_nameservers', 'addresses must be unique')
  return nameservers
}
