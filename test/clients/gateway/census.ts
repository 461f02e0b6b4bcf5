/** Everything of a project, by kind, as the provider itself tells it. */
export type Census = Record<Kind, Item[]>
export type Kind = (typeof kinds)[number]
export interface Item {
  id: number
  name: string | null
  labels?: Record<string, string>
  type?: string
  ip?: string
  public_net?: { ipv4: { ip: string } | null }
}

const kinds = [
  'servers',
  'volumes',
  'networks',
  'firewalls',
  'floating_ips',
  'primary_ips',
  'placement_groups',
  'ssh_keys',
  'images',
] as const

export async function takeCensus(endpoint: string, token: string): Promise<Census> {
  const entries = kinds.map(async (kind) => {
    const query = kind === 'images' ? 'per_page=50&type=snapshot' : 'per_page=50'
    const answer = await fetch(`${endpoint}/${kind}?${query}`, { headers: { authorization: `Bearer ${token}` } })
    return [kind, ((await answer.json()) as Record<string, Item[]>)[kind] ?? []] as const
  })
  return Object.fromEntries(await Promise.all(entries)) as Census
}

/** What would give away something hidden, if it stood in an answer: ids, names, addresses. */
export function marksOf(census: Census, isHidden: (kind: Kind, item: Item) => boolean): string[] {
  const marks = kinds.flatMap((kind) =>
    census[kind]
      .filter((item) => isHidden(kind, item))
      .flatMap((item) => [
        String(item.id),
        item.name,
        item.public_net?.ipv4?.ip,
        // A server shows its own address, whoever sees the address as a thing of its own.
        kind === 'floating_ips' ? item.ip : undefined,
      ]),
  )
  return marks.filter((mark): mark is string => typeof mark === 'string' && mark !== '')
}

/** Marks that stand in a text as words of their own. */
export const marksIn = (text: string, marks: readonly string[]): string[] =>
  marks.filter((mark) => new RegExp(`(?<![\\w.:-])${mark.replaceAll('.', '\\.')}(?![\\w:-])`).test(text))
