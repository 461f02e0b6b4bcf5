import { resourceTarget, type AuditAction, type AuditTarget, type Snapshot } from '../../kernel/audit.ts'
import { redactBody } from '../../provider/hetzner/operations/index.ts'
import type { KnownServer } from './facts.store.ts'
import type { GatewayRequest } from './request.ts'

const powerActions: Record<string, AuditAction> = {
  poweron: 'server.start',
  shutdown: 'server.stop',
  poweroff: 'server.power_off',
  reboot: 'server.reboot',
  reset: 'server.reset',
}

const serverActions: Record<string, AuditAction> = {
  'servers:create': 'server.create',
  'servers:delete': 'server.delete',
  'servers:rebuild': 'server.rebuild',
  'servers:resize': 'server.resize',
  'servers:configure': 'server.configure',
  'servers:console': 'server.console',
}

/** What a write is called on the record. */
export function auditActionOf({ operation }: Pick<GatewayRequest, 'operation'>): AuditAction {
  const { permission, method, path, creates } = operation
  const power = permission === 'servers:power' ? powerActions[path.split('/').at(-1) ?? ''] : undefined
  const known = power ?? serverActions[permission]
  if (known) return known
  if (creates && method === 'POST' && !path.includes('/actions/')) return 'resource.create'
  if (method === 'DELETE') return 'resource.delete'
  return method === 'PUT' ? 'resource.update' : 'resource.act'
}

/** A server by our id and name; anything else by the provider's kind and id. */
export function auditTargetOf({ operation, ids, clean }: GatewayRequest, server: KnownServer | null): AuditTarget {
  if (server) return { type: 'server', id: server.id, name: server.name }
  const named = clean.references.find(({ where }) => where.startsWith('path.'))
  const kind = named?.kind ?? operation.creates ?? 'resource'
  const id = Object.values(ids)[0] ?? ''
  return resourceTarget(kind, id, nameOf(clean.body))
}

function nameOf(body: unknown): string | null {
  const name = typeof body === 'object' && body !== null && 'name' in body ? body.name : null
  return typeof name === 'string' && name !== '' ? name.slice(0, 128) : null
}

const longest = 1_000

/** What was asked, without secrets: small, flat, and enough to tell two requests apart. */
export function snapshotOf({ operation, accountId, clean }: GatewayRequest): Snapshot {
  const body = redactBody(operation, clean.body)
  const text = body === undefined ? null : JSON.stringify(body).slice(0, longest)
  return { operation: operation.key, account: accountId, ...(text === null ? {} : { request: text }) }
}
