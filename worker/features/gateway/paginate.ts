/** A page as clients ask for it (FACTS §5); what is no number, or too much, is the nearest that is one. */
export interface PageAsked {
  page: number
  perPage: number
}

const numberOf = (text: string | undefined, otherwise: number, most: number): number =>
  text !== undefined && /^\d{1,9}$/.test(text) ? Math.min(Math.max(1, Number(text)), most) : otherwise

export function readPage(query: readonly (readonly [string, string])[], most = 50): PageAsked {
  const last = (name: string) => query.findLast(([key]) => key === name)?.[1]
  return { page: numberOf(last('page'), 1, 1_000_000), perPage: numberOf(last('per_page'), 25, most) }
}

/** One page of what is left, counted anew: beyond the end it is empty, as the provider's own is. */
export function paginate<T>(items: readonly T[], { page, perPage }: PageAsked) {
  const total = items.length
  const lastPage = Math.max(1, Math.ceil(total / perPage))
  const pagination = {
    page,
    per_page: perPage,
    previous_page: page > 1 ? page - 1 : null,
    next_page: page < lastPage ? page + 1 : null,
    last_page: lastPage,
    total_entries: total,
  }
  return { items: items.slice((page - 1) * perPage, page * perPage), meta: { pagination } }
}
