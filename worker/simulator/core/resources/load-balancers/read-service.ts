import type { Body } from '../../body.ts'
import { ApiError, limitExceeded } from '../../errors.ts'
import type { Context } from '../../http.ts'
import type { HealthCheck, LoadBalancerRecord, LoadBalancerService } from '../../types.ts'
import { requireRecord } from '../shared.ts'
import { typeOf } from './wire.ts'

const PORT_MAX = 65_535
const HTTP_PORT = 80
const HTTPS_PORT = 443
const STATUS_CODES_MAX = 20
const STATUS_CODE = /^[1-5?*][0-9?*]{0,2}$/

type Http = NonNullable<LoadBalancerService['http']>
type HttpCheck = NonNullable<HealthCheck['http']>

const HTTP: Http = {
  cookie_name: 'HCLBSTICKY',
  cookie_lifetime: 300,
  timeout_idle: 50,
  sticky_sessions: false,
  certificates: [],
  redirect_http: false,
}
const HTTP_CHECK: HttpCheck = { domain: '', path: '/', response: '', status_codes: ['2??', '3??'], tls: false }

/** Reads a service. What is left out keeps its value in an update, and has the provider's default in a new one. */
export function readService(context: Context, body: Body, known?: LoadBalancerService): LoadBalancerService {
  const protocol = known
    ? (body.oneOf('protocol', ['tcp', 'http', 'https']) ?? known.protocol)
    : body.requiredOneOf('protocol', ['tcp', 'http', 'https'])
  const listenPort = port(body, 'listen_port') ?? webPort(protocol, HTTPS_PORT) ?? body.requiredInteger('listen_port')
  const destinationPort =
    port(body, 'destination_port') ??
    known?.destination_port ??
    webPort(protocol, HTTP_PORT) ??
    body.requiredInteger('destination_port')
  const http = protocol === 'tcp' ? undefined : readHttp(body.object('http'), protocol, known?.http)
  const proxyprotocol = body.boolean('proxyprotocol') ?? known?.proxyprotocol ?? false
  const healthCheck = readHealthCheck(
    body.object('health_check'),
    known?.health_check ?? {
      protocol: protocol === 'tcp' ? 'tcp' : 'http',
      port: destinationPort,
      interval: 15,
      timeout: 10,
      retries: 3,
    },
  )
  body.check()
  for (const id of http?.certificates ?? []) requireRecord(context, 'certificates', 'certificate', id)
  return {
    protocol,
    listen_port: listenPort,
    destination_port: destinationPort,
    proxyprotocol,
    health_check: healthCheck,
    ...(http ? { http } : {}),
    since: known?.since ?? context.now,
  }
}

/** Refuses services that its type does not allow (403), or that listen on the same port. */
export function assertServicesFit(balancer: LoadBalancerRecord, services: LoadBalancerService[], status = 412): void {
  const { max_services, max_assigned_certificates } = typeOf(balancer)
  if (services.length > max_services) throw limitExceeded('load_balancer_services')
  if (certificatesOf(services).size > max_assigned_certificates) throw limitExceeded('load_balancer_certificates')
  const ports = services.flatMap(({ listen_port, http }) =>
    http?.redirect_http ? [listen_port, HTTP_PORT] : [listen_port],
  )
  const twice = ports.find((number, index) => ports.indexOf(number) !== index)
  if (twice !== undefined)
    throw new ApiError(status, 'source_port_already_used', `source port ${twice} is already in use`)
}

export function certificatesOf(services: LoadBalancerService[]): Set<number> {
  return new Set(services.flatMap(({ http }) => http?.certificates ?? []))
}

function readHttp(body: Body, protocol: 'http' | 'https', known: Http = HTTP): Http {
  const name = body.string('cookie_name')
  if (name !== undefined && (name === '' || name.length > 100))
    body.problem('cookie_name', 'must have 1 to 100 letters')
  const certificates = body.has('certificates') ? [...new Set(body.ids('certificates'))] : known.certificates
  const redirect = body.boolean('redirect_http')
  if (protocol === 'http' && redirect) body.problem('redirect_http', 'is only available for protocol https')
  return {
    cookie_name: name ?? known.cookie_name,
    cookie_lifetime: body.integerBetween('cookie_lifetime', 30, 86_400) ?? known.cookie_lifetime,
    timeout_idle: body.integerBetween('timeout_idle', 30, 300) ?? known.timeout_idle,
    sticky_sessions: body.boolean('sticky_sessions') ?? known.sticky_sessions,
    certificates: protocol === 'https' ? certificates : [],
    redirect_http: protocol === 'https' && (redirect ?? known.redirect_http),
  }
}

function readHealthCheck(body: Body, known: HealthCheck): HealthCheck {
  const protocol = body.oneOf('protocol', ['tcp', 'http']) ?? known.protocol
  return {
    protocol,
    port: port(body, 'port') ?? known.port,
    interval: body.integerBetween('interval', 3, 60) ?? known.interval,
    timeout: body.integerBetween('timeout', 1, 60) ?? known.timeout,
    retries: body.integerBetween('retries', 1, 5) ?? known.retries,
    ...(protocol === 'http' ? { http: readHttpCheck(body.object('http'), known.http) } : {}),
  }
}

function readHttpCheck(body: Body, known: HttpCheck = HTTP_CHECK): HttpCheck {
  const domain = body.string('domain')
  if (domain !== undefined && (domain.length > 128 || /[\s%\\]/.test(domain)))
    body.problem('domain', 'must have at most 128 letters and no space, percent sign or backslash')
  const path = body.string('path')
  if (path !== undefined && (path.length > 256 || !/^\S+$/.test(path)))
    body.problem('path', 'must have 1 to 256 letters and no spaces')
  const response = body.string('response')
  if (response !== undefined && response.length > 256) body.problem('response', 'must have at most 256 letters')
  const codes = body.has('status_codes') ? body.list('status_codes').map(String) : known.status_codes
  if (codes.length > STATUS_CODES_MAX || !codes.every((code) => STATUS_CODE.test(code)))
    body.problem('status_codes', `must be at most ${STATUS_CODES_MAX} codes, with ? and * as wildcards`)
  return {
    domain: body.mentions('domain') ? (domain ?? null) : known.domain,
    path: path ?? known.path,
    response: response ?? known.response,
    status_codes: codes,
    tls: body.boolean('tls') ?? known.tls,
  }
}

function port(body: Body, name: string): number | undefined {
  return body.integerBetween(name, 1, PORT_MAX)
}

/** Web services have a usual port: the given one where it is for https, 80 for http. */
function webPort(protocol: LoadBalancerService['protocol'], https: number): number | undefined {
  if (protocol === 'tcp') return undefined
  return protocol === 'https' ? https : HTTP_PORT
}
