import { AppError } from '../../kernel/errors.ts'
import { isResourceKind, readPermission, type Reference } from '../../provider/hetzner/operations/index.ts'
import { holderOf, movesBetweenServers } from './holder.ts'
import type { GatewayRequest } from './request.ts'
import { collectionOf, notThere, type Kind, type Sight } from './sight.ts'

/**
 * Everything a write names must be theirs to use so (DESIGN §10): in the path, in the body, one by one or by labels.
 * What they do not even see is not there. @throws AppError `not_found`, `forbidden`
 */
export async function checkReferences(request: GatewayRequest, sight: Sight): Promise<void> {
  for (const reference of request.clean.references) await checkReference(request, sight, reference)
  if (movesBetweenServers(request)) await checkHolder(request, sight)
  if (request.operation.labels === 'replace') await checkKnown(request, sight)
}

/** Labels are compared with those that were there: what nobody here knows is not labelled where a rule asks for labels. */
async function checkKnown({ clean }: GatewayRequest, sight: Sight): Promise<void> {
  const named = clean.references.find(({ where }) => where.startsWith('path.'))
  if (named?.by !== 'id' || !isResourceKind(named.kind) || named.kind === 'action' || !sight.isPartial()) return
  if ((await sight.resource(named.kind, named.id)) === null) throw notThere(named.kind)
}

/** To take a volume or an address away from a server changes that server, as giving it one does. */
async function checkHolder(request: GatewayRequest, sight: Sight): Promise<void> {
  const needs = 'servers:configure'
  if (sight.coverage(needs) === 'all') return
  const holder = await holderOf(request)
  if (holder !== null && !(await sight.may(needs, 'server', holder))) throw lacking(needs)
}

async function checkReference(request: GatewayRequest, sight: Sight, reference: Reference): Promise<void> {
  const { kind, needs } = reference
  if (!isResourceKind(kind)) {
    // The catalogue is everybody's; servers outside the project are nobody's but who has the whole of it.
    if (kind === 'dedicated_server' && sight.coverage(needs) !== 'all') throw lacking(needs)
    return
  }
  if (kind === 'action') return
  if (sight.coverage(needs) === 'all') return
  if (reference.by === 'id') return checkId(request, sight, kind, reference.id, needs)
  if (reference.by === 'name') return checkName(request, sight, kind, reference.name, needs)
  // Whatever carries certain labels, is behind an address, or has a name in it, now and later: only for who has all of the kind.
  throw lacking(needs)
}

async function checkId(
  request: GatewayRequest,
  sight: Sight,
  kind: Kind,
  id: number,
  needs: Reference['needs'],
): Promise<void> {
  if (await sight.may(needs, kind, id)) return
  if (kind === 'image' && (await isPublicImage(request, id))) {
    if (needs === readPermission(kind)) return
    throw lacking(needs)
  }
  if (await sight.may(readPermission(kind), kind, id)) throw lacking(needs)
  throw notThere(kind)
}

/** A name is looked up by the provider at its own time: whatever it finds now must be theirs. */
async function checkName(
  request: GatewayRequest,
  sight: Sight,
  kind: Kind,
  name: string,
  needs: Reference['needs'],
): Promise<void> {
  const found = await findByName(request, kind, name)
  if (found.length === 0) throw notThere(kind)
  for (const item of found) {
    if (kind === 'image' && isPublic(item)) continue
    await checkId(request, sight, kind, Number(item['id']), needs)
  }
}

type Item = Record<string, unknown>

/** Given to all customers alike. */
const isPublic = ({ type }: Item): boolean => type === 'system' || type === 'app'

export async function isPublicImage({ ctx, accountId }: GatewayRequest, id: number): Promise<boolean> {
  const answer = await ctx.mirror.read(accountId, `/images/${id}`, false)
  if (answer.status !== 200) return false
  const { image } = JSON.parse(answer.body) as { image?: Item }
  return image !== undefined && isPublic(image)
}

async function findByName({ ctx, accountId }: GatewayRequest, kind: Kind, name: string): Promise<Item[]> {
  const query = new URLSearchParams({ name, ...(kind === 'image' ? { include_deprecated: 'true' } : {}) })
  const answer = await ctx.mirror.read(accountId, `/${collectionOf[kind]}?${query.toString()}`, false)
  if (answer.status !== 200) return []
  const items = (JSON.parse(answer.body) as Record<string, unknown>)[collectionOf[kind]]
  return Array.isArray(items) ? (items as Item[]) : []
}

export const lacking = (permission: string): AppError =>
  new AppError('forbidden', { message: `This key does not include ${permission} for this.`, meta: { permission } })
