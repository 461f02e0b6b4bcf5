import { resourceActionRoutes, toWireAction } from '../../actions.ts'
import type { Body } from '../../body.ts'
import { refused } from '../../errors.ts'
import { created, noContent, ok, type Context, type Reply } from '../../http.ts'
import { listTable, queryValues, wanted } from '../../list.ts'
import type { Route } from '../../router.ts'
import { toTimestamp } from '../../time.ts'
import type { CertificateRecord } from '../../types.ts'
import type { World } from '../../world.ts'
import { applyNameAndLabels, assertNameFree, assertWithinLimit, NAMED_SORT, requireRecord } from '../shared.ts'
import { renewDue, startIssuance } from './issuance.ts'
import { readUploaded } from './pem.ts'

const NAMES_MAX = 100
const DOMAIN =
  /^(?=.{1,253}$)(?:\*\.)?(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/i

/** Certificates for load balancers: uploaded ones, and managed ones that are issued and renewed (FACTS §8). */
export function certificateRoutes(): Route[] {
  return [
    { method: 'GET', path: '/certificates', handler: listCertificates },
    { method: 'POST', path: '/certificates', handler: createCertificate },
    { method: 'GET', path: '/certificates/{id}', handler: getCertificate },
    { method: 'PUT', path: '/certificates/{id}', handler: updateCertificate },
    { method: 'DELETE', path: '/certificates/{id}', handler: deleteCertificate },
    { method: 'POST', path: '/certificates/{id}/actions/retry', handler: retry },
    ...resourceActionRoutes('certificates', 'certificate', (context) => void requireCertificate(context)),
  ]
}

function listCertificates(context: Context): Reply {
  renewDue(context)
  const types = queryValues(context.query, 'type')
  return listTable(context, context.world.tables.certificates, {
    key: 'certificates',
    sort: NAMED_SORT,
    toWire: (record) => toWire(context.world, record),
    name: (record) => record.name,
    labels: (record) => record.labels,
    filter: (record) => wanted(types, record.type),
  })
}

function getCertificate(context: Context): Reply {
  renewDue(context)
  return ok({ certificate: toWire(context.world, requireCertificate(context)) })
}

/** An uploaded one is there at once and has no action; a managed one is issued by its action. */
function createCertificate(context: Context): Reply {
  const { world, project, body, now } = context
  const labels = body.labels() ?? {}
  const name = body.requiredString('name')
  const type = body.oneOf('type', ['uploaded', 'managed']) ?? 'uploaded'
  const empty = { certificate: null, notValidBefore: null, notValidAfter: null, domainNames: [], fingerprint: null }
  const identity =
    type === 'uploaded' ? (readUploaded(body) ?? empty) : { ...empty, domainNames: readDomainNames(body) }
  body.check()
  assertNameFree(context, world.tables.certificates.of(project.id), name)
  assertWithinLimit(context, 'certificates', 'certificate')
  const record: CertificateRecord = {
    id: world.nextId('certificates'),
    project: project.id,
    name,
    type,
    ...identity,
    status: null,
    labels,
    created: now,
  }
  world.tables.certificates.put(record)
  const action = type === 'managed' ? startIssuance(context, record, 'create_certificate') : null
  return created({ certificate: toWire(world, record), action: action && toWireAction(action, now) })
}

function updateCertificate(context: Context): Reply {
  const record = requireCertificate(context)
  applyNameAndLabels(context, record, context.world.tables.certificates.of(context.project.id))
  return ok({ certificate: toWire(context.world, context.world.tables.certificates.put(record)) })
}

function deleteCertificate(context: Context): Reply {
  const record = requireCertificate(context)
  if (usersOf(context.world, record).length > 0) throw refused('service_error', 'certificate still in use')
  context.world.tables.certificates.delete(record.id)
  return noContent()
}

/** Only for a managed one whose issuance or renewal failed. */
function retry(context: Context): Reply {
  const record = requireCertificate(context)
  if (record.status?.issuance !== 'failed' && record.status?.renewal !== 'failed')
    throw refused('unsupported_error', 'certificate not retryable')
  return created({ action: toWireAction(startIssuance(context, record, 'issue_certificate'), context.now) })
}

function readDomainNames(body: Body): string[] {
  const names = body.list('domain_names').map((value) => String(value).toLowerCase())
  if (names.length === 0) body.problem('domain_names', 'missing data for required field')
  if (names.length > NAMES_MAX) body.problem('domain_names', `at most ${NAMES_MAX} domain names`)
  for (const name of names) if (!DOMAIN.test(name)) body.problem('domain_names', `'${name}' is no domain name`)
  return [...new Set(names)]
}

function requireCertificate(context: Context): CertificateRecord {
  return requireRecord(context, 'certificates', 'certificate')
}

/** The load balancers with a service that presents it. */
function usersOf(world: World, record: CertificateRecord): { id: number; type: string }[] {
  return world.tables.load_balancers
    .of(record.project)
    .filter(({ services }) => services.some(({ http }) => http?.certificates.includes(record.id)))
    .map(({ id }) => ({ id, type: 'load_balancer' }))
}

function toWire(world: World, record: CertificateRecord): object {
  const time = (at: number | null): string | null => (at === null ? null : toTimestamp(at))
  return {
    id: record.id,
    name: record.name,
    labels: record.labels,
    type: record.type,
    certificate: record.certificate,
    created: toTimestamp(record.created),
    not_valid_before: time(record.notValidBefore),
    not_valid_after: time(record.notValidAfter),
    domain_names: record.domainNames,
    fingerprint: record.fingerprint,
    status: record.status,
    used_by: usersOf(world, record),
  }
}
