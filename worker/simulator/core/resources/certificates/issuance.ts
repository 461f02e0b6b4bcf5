import { startAction } from '../../actions.ts'
import type { Context } from '../../http.ts'
import { DAY } from '../../time.ts'
import type { ActionRecord, CertificateRecord, CertificateStatus, ZoneRecord } from '../../types.ts'
import type { World } from '../../world.ts'
import { identify } from './pem.ts'
import { issueCertificate } from './x509.ts'

const SECONDS = 5
const AUTHORITY = 'letsencrypt.org'
/** How long before its end a managed certificate is renewed. */
const RENEWED_BEFORE = 30 * DAY

type Problem = NonNullable<CertificateStatus['error']>

/** Orders a managed certificate, at first or once more: it is there, or the reason why not, when the action ends. */
export function startIssuance(context: Context, record: CertificateRecord, command: string): ActionRecord {
  const { world, now } = context
  const isRenewal = record.certificate !== null
  const set = (values: Partial<CertificateRecord>) =>
    ({ type: 'set', kind: 'certificates', entity: record.id, values }) as const
  const problem = problemOf(world, record)
  record.status = statusOf(isRenewal, 'pending')
  world.tables.certificates.put(record)
  const issued = (): Partial<CertificateRecord> => ({
    ...identify(issueCertificate(record.domainNames, now)),
    status: statusOf(true, 'scheduled'),
  })
  return startAction(context, {
    command,
    seconds: SECONDS,
    resources: [{ id: record.id, type: 'certificate' }],
    effects: problem ? [] : [{ seconds: SECONDS, effect: set(issued()) }],
    ...(problem ? { fails: problem } : {}),
    onError: (error) => [set({ status: statusOf(isRenewal, 'failed', error) })],
  })
}

/** Renews what is about to end. Nothing runs in the background, so this is done whenever certificates are read. */
export function renewDue({ world, project, now }: Context): void {
  for (const record of world.tables.certificates.of(project.id)) {
    if (record.status?.renewal !== 'scheduled' || (record.notValidAfter ?? now) - RENEWED_BEFORE > now) continue
    const problem = problemOf(world, record)
    if (problem) record.status = statusOf(true, 'failed', problem)
    else Object.assign(record, identify(issueCertificate(record.domainNames, now)))
    world.tables.certificates.put(record)
  }
}

function statusOf(
  isRenewal: boolean,
  state: 'pending' | 'scheduled' | 'failed',
  error: Problem | null = null,
): CertificateStatus {
  if (isRenewal) return { issuance: 'completed', renewal: state, error }
  return { issuance: state === 'failed' ? 'failed' : 'pending', renewal: 'unavailable', error }
}

/** Why the authority would not issue it: every domain needs a primary zone of the project that allows the authority. */
function problemOf(world: World, { project, domainNames }: CertificateRecord): Problem | undefined {
  for (const domain of domainNames) {
    const host = domain.replace(/^\*\./, '')
    const zone = zoneOf(world, project, host)
    if (!zone) return { code: 'dns_zone_not_found', message: `DNS zone not found for ${domain}` }
    if (zone.mode === 'secondary')
      return { code: 'dns_zone_is_secondary_zone', message: `DNS zone ${zone.name} is a secondary zone` }
    if (!allowsAuthority(world, zone, host))
      return { code: 'caa_record_does_not_allow_ca', message: 'CAA record does not allow certificate authority' }
  }
  return undefined
}

function zoneOf(world: World, project: number, host: string): ZoneRecord | undefined {
  return world.tables.zones
    .of(project)
    .filter((zone) => host === zone.name || host.endsWith(`.${zone.name}`))
    .toSorted((a, b) => b.name.length - a.name.length)[0]
}

/** The nearest CAA records, from the host up to the top of the zone, decide. */
function allowsAuthority(world: World, zone: ZoneRecord, host: string): boolean {
  const rrsets = world.tables.rrsets.of(zone.project).filter(({ zone: id, type }) => id === zone.id && type === 'CAA')
  for (let at = host; ; at = at.slice(at.indexOf('.') + 1)) {
    const name = at === zone.name ? '@' : at.slice(0, -zone.name.length - 1)
    const rrset = rrsets.find((row) => row.name === name)
    if (rrset) return rrset.records.some(({ value }) => value.includes(AUTHORITY))
    if (at === zone.name) return true
  }
}
