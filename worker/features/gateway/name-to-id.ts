import { permissions, type Permission } from '../../kernel/permissions.ts'
import { isResourceKind } from '../../provider/hetzner/operations/index.ts'
import type { GatewayRequest } from './request.ts'
import { collectionOf, notThere, type Kind, type Sight } from './sight.ts'

/**
 * The request with the id of what its path calls by name, such as a zone (FACTS §8): what is judged, and whose labels are
 * compared, is then the very thing the request is sent to, whatever takes its name meanwhile. Who has all or nothing of
 * everything is not judged one by one: their names pass as they are, and cost no look-up.
 * @throws AppError `not_found`; `provider_*`
 */
export async function nameToId(request: GatewayRequest, sight: Sight): Promise<GatewayRequest> {
  const { clean, ids, operation } = request
  const named = clean.references.find(({ where }) => where.startsWith('path.'))
  if (named?.by !== 'name' || !isResourceKind(named.kind) || named.kind === 'action') return request
  if (sight.coverage(operation.permission) === 'none' || !isPartial(sight)) return request
  const { kind, needs, where } = named
  const id = await idOf(request, kind, named.name)
  const references = clean.references.map((one) =>
    one === named ? { kind, needs, where, by: 'id' as const, id } : one,
  )
  return {
    ...request,
    ids: { ...ids, [where.slice('path.'.length)]: String(id) },
    clean: { ...clean, references },
  }
}

const isPartial = (sight: Sight): boolean =>
  (Object.keys(permissions) as Permission[]).some((permission) => sight.coverage(permission) === 'some')

async function idOf({ ctx, accountId, fresh }: GatewayRequest, kind: Kind, name: string): Promise<number> {
  const collection = collectionOf[kind]
  const query = new URLSearchParams({ name }).toString()
  const answer = await ctx.mirror.read(accountId, `/${collection}?${query}`, fresh)
  const list = answer.status === 200 ? (JSON.parse(answer.body) as Record<string, unknown>)[collection] : []
  const found = (Array.isArray(list) ? (list as Record<string, unknown>[]) : []).find((item) => item['name'] === name)
  if (typeof found?.['id'] !== 'number') throw notThere(kind)
  return found['id']
}
