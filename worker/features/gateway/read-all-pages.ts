import { AppError } from '../../kernel/errors.ts'
import type { MirrorAnswer } from '../../objects/read-mirror.ts'
import type { GatewayRequest } from './request.ts'

type Item = Record<string, unknown>

/** The provider's largest page, and how many of them make a list that is filtered here. */
const perPage = 50
const mostPages = 200

/** A list that the provider refused: its answer goes to the client as it is. */
export class Refused extends Error {
  readonly answer: MirrorAnswer

  constructor(answer: MirrorAnswer) {
    super(`HTTP ${answer.status}`)
    this.answer = answer
  }
}

/**
 * Every item of a list, because a list that is filtered has to be paged anew (DESIGN §10). Pages come from the mirror, so
 * that many clients cost as much as one. @throws Refused; AppError `provider_*`
 */
export async function readAllPages(
  { ctx, accountId, fresh }: GatewayRequest,
  path: string,
  query: readonly (readonly [string, string])[],
  key: string,
): Promise<Item[]> {
  const items: Item[] = []
  for (let page = 1; page <= mostPages; page++) {
    const params = new URLSearchParams(query.map(([name, value]) => [name, value]))
    params.set('per_page', String(perPage))
    params.set('page', String(page))
    const answer = await ctx.mirror.read(accountId, `${path}?${params.toString()}`, fresh)
    if (answer.status !== 200) throw new Refused(answer)
    const body = JSON.parse(answer.body) as Record<string, unknown> & {
      meta?: { pagination?: { next_page?: unknown } }
    }
    const list = body[key]
    if (!Array.isArray(list)) throw new AppError('provider_malformed', { detail: `${path}: no ${key}` })
    items.push(...(list as Item[]))
    if (typeof body.meta?.pagination?.next_page !== 'number') return items
  }
  throw new AppError('provider_malformed', { detail: `${path}: more than ${mostPages} pages` })
}
