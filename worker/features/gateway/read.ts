import { AppError } from '../../kernel/errors.ts'
import type { Permission } from '../../kernel/permissions.ts'
import type { MirrorAnswer } from '../../objects/read-mirror.ts'
import {
  fillPath,
  filterAnswer,
  isResourceKind,
  readPermission,
  redact,
  type GatewayPermission,
  type Operation,
} from '../../provider/hetzner/operations/index.ts'
import { isPublicImage } from './check-references.ts'
import { paginate, readPage } from './paginate.ts'
import { pollActions } from './poll-actions.ts'
import { readAllPages, Refused } from './read-all-pages.ts'
import { jsonHeaders, type GatewayAnswer, type GatewayRequest } from './request.ts'
import { kinds, notThere, type Sight } from './sight.ts'

/**
 * A read, answered from what the project's tools have just read where that is fresh enough. What the key may not see is
 * not in it: not in lists, counts, nested fields, actions or errors.
 * @throws AppError `forbidden`, `not_found`, `provider_*`
 */
export async function read(request: GatewayRequest, sight: Sight): Promise<GatewayAnswer> {
  const { operation } = request
  assertMayRead(operation, sight)
  await assertSeen(request, sight)
  try {
    const listKey = listKeyOf(operation)
    if (!sight.seesAll() && listKey) return await readList(request, sight, listKey)
    return await readOne(request, sight)
  } catch (error) {
    if (error instanceof Refused) return pass(error.answer)
    throw error
  }
}

function assertMayRead(operation: Operation, sight: Sight): void {
  const { permission, anyReader } = operation
  const wanted: Permission[] = anyReader ? kinds.map(readPermission) : [permission]
  if (wanted.some((one) => sight.coverage(one) !== 'none')) return
  throw new AppError('forbidden', {
    message: `This key does not include ${permission} here.`,
    meta: { permission },
  })
}

/** What the path and the filters name must be in sight; an action is judged by what its answer says. */
async function assertSeen(request: GatewayRequest, sight: Sight): Promise<void> {
  for (const reference of request.clean.references) {
    const { kind, needs } = reference
    if (!isResourceKind(kind) || kind === 'action') continue
    if (sight.coverage(needs) === 'all') continue
    if (reference.by !== 'id') throw notThere(kind)
    if (await sight.may(needs, kind, reference.id)) continue
    if (kind === 'image' && (await isPublicImage(request, reference.id))) continue
    throw notThere(kind)
  }
}

/** The one list in the answer, where it is one in pages. */
function listKeyOf({ answer }: Operation): string | null {
  const fields = Object.entries(answer)
  if (!fields.some(([, field]) => field.is === 'paging')) return null
  return fields.find(([, field]) => field.is === 'many')?.[0] ?? null
}

async function readList(request: GatewayRequest, sight: Sight, key: string): Promise<GatewayAnswer> {
  const { operation, clean } = request
  const filters = clean.query.filter(([name]) => name !== 'page' && name !== 'per_page')
  const all = await readAllPages(request, fillPath(operation, request.ids), filters, key)
  const seen = (await sight.look((visible) => filterAnswer(operation, { [key]: all }, visible))) as Record<
    string,
    unknown[]
  >
  const { items, meta } = paginate(seen[key] ?? [], readPage(clean.query, operation.mostPerPage))
  return { status: 200, headers: jsonHeaders, body: JSON.stringify(shown(request, sight, { [key]: items, meta })) }
}

async function readOne(request: GatewayRequest, sight: Sight): Promise<GatewayAnswer> {
  const { ctx, accountId, operation, clean, fresh } = request
  const query = new URLSearchParams(clean.query).toString()
  const target = `${fillPath(operation, request.ids)}${query && `?${query}`}`
  const polled = fresh ? null : await pollActions(request)
  const answer = polled ?? (await ctx.mirror.read(accountId, target, fresh))
  const open = sight.seesAll()
  // The provider's own words would tell what is not there from what is out of sight.
  if (answer.status === 404 && !open) throw new AppError('not_found', { detail: 'not at the provider' })
  if (answer.status !== 200) return pass(answer)
  if (open && !hasSecrets(operation, sight)) return pass(answer)
  const body: unknown = JSON.parse(answer.body)
  const seen = open ? body : await sight.look((visible) => filterAnswer(operation, body, visible))
  return { ...pass(answer), body: JSON.stringify(shown(request, sight, seen)) }
}

/** Shapes that hold secrets are few; an answer is only taken apart where its key may not have them all. */
const hasSecrets = (operation: Operation, sight: Sight): boolean =>
  Object.values(operation.answer).some(
    (field) =>
      (field.is === 'secret' && sight.coverage(field.needs) !== 'all') ||
      ((field.is === 'one' || field.is === 'many') &&
        field.shape === 'zone' &&
        sight.coverage('zones:manage') !== 'all'),
  )

/**
 * Secrets go to whoever may have them for everything here, and to whom they were made for: an act that takes the very
 * permission was checked for this server.
 */
export const shown = ({ operation }: GatewayRequest, sight: Sight, body: unknown): unknown =>
  redact(
    operation,
    body,
    (needs: GatewayPermission) =>
      sight.coverage(needs) === 'all' || (operation.access === 'write' && operation.permission === needs),
  )

/** Our own token's trouble is nothing a client can mend. */
export function pass({ status, headers, body }: MirrorAnswer): GatewayAnswer {
  if (status === 401)
    throw new AppError(/token_readonly/.test(body) ? 'provider_token_read_only' : 'provider_token_rejected')
  return { status, headers, body }
}
