import { randomUUID } from 'node:crypto'
import type { Device } from './devices.ts'
import type { Product } from './product.ts'

export interface Answer<Body> {
  status: number
  body: Body
}

/** The API as the signed-in person of a device uses it: same cookies, same origin. */
export function apiOf(device: Device, product: Product) {
  const { request } = device.context
  const call = async <Body>(method: string, path: string, data?: unknown): Promise<Answer<Body>> => {
    const response = await request.fetch(`${product.origin}/api/v1${path}`, {
      method,
      headers: { origin: product.origin, 'idempotency-key': randomUUID() },
      ...(data === undefined ? {} : { data }),
    })
    const text = await response.text()
    return { status: response.status(), body: (text === '' ? undefined : JSON.parse(text)) as Body }
  }
  const get = async <Body>(path: string): Promise<Body> => {
    const answer = await call<Body>('GET', path)
    if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  /** Every item of a list, page after page. */
  const all = async <Item>(path: string): Promise<Item[]> => {
    const items: Item[] = []
    let cursor: string | null = null
    do {
      const mark: string = path.includes('?') ? '&' : '?'
      const page: { items: Item[]; nextCursor: string | null } = await get(
        `${path}${cursor ? `${mark}cursor=${encodeURIComponent(cursor)}` : ''}`,
      )
      items.push(...page.items)
      cursor = page.nextCursor
    } while (cursor)
    return items
  }
  return { call, get, all }
}
