import { AppError } from '../../kernel/errors.ts'
import type { MirrorAnswer } from '../../objects/read-mirror.ts'
import type { GatewayRequest } from './request.ts'

type Item = Record<string, unknown>

/** The provider's largest page, and how many of them make a list that is filtered here. */
const perPage = 50
const mostPages = 200
/**
 * Asked of the mirror in one call, which has 50 subrequests on the free plan. A page that it has to read takes six at the most:
 * a query, the budget and its correction, the provider, and the project's state with its live event.
 */
const pagesAtOnce = 8

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
  const targetOf = (page: number): string => {
    const params = new URLSearchParams(query.map(([name, value]) => [name, value]))
    params.set('per_page', String(perPage))
    params.set('page', String(page))
    return `${path}?${params.toString()}`
  }
  const items: Item[] = []
  // The first page tells how many there are; the last one, whether there are more by now.
  let last = 1
  for (let page = 1; page <= last;) {
    const count = Math.min(last - page + 1, pagesAtOnce)
    const targets = Array.from({ length: count }, (_, at) => targetOf(page + at))
    for (const answer of await ctx.mirror.readMany(accountId, targets, fresh)) {
      const { list, lastPage } = readPageOf(answer, path, key)
      items.push(...list)
      last = lastPage ?? page
      page += 1
    }
    if (last > mostPages) throw new AppError('provider_malformed', { detail: `${path}: more than ${mostPages} pages` })
  }
  return items
}

/** @throws Refused; AppError `provider_malformed` */
function readPageOf(answer: MirrorAnswer, path: string, key: string): { list: Item[]; lastPage: number | null } {
  if (answer.status !== 200) throw new Refused(answer)
  const body = JSON.parse(answer.body) as Record<string, unknown> & { meta?: { pagination?: Record<string, unknown> } }
  const list = body[key]
  if (!Array.isArray(list)) throw new AppError('provider_malformed', { detail: `${path}: no ${key}` })
  const { next_page: next, last_page: last } = body.meta?.pagination ?? {}
  const lastPage = typeof next !== 'number' ? null : typeof last === 'number' ? Math.max(next, last) : next
  return { list: list as Item[], lastPage }
}
