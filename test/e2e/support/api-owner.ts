import { SoftwareAuthenticator, type CreationOptions } from '../../support/authenticator.ts'
import type { Product } from './product.ts'

/** Somebody who uses the API of a running product, signed in with a passkey in software. */
export class ApiOwner {
  readonly #product: Product
  #accessToken = ''

  constructor(product: Product) {
    this.#product = product
  }

  /** Claims the instance by its set-up link. */
  async claim(): Promise<void> {
    await this.#enrol('/setup', this.#product.setUpLink, { name: 'Olivia Owner', email: 'owner@example.com' })
  }

  /** Accepts an invitation by its link. */
  async join(link: string): Promise<void> {
    await this.#enrol('/invitations', link, {})
  }

  async #enrol(path: string, link: string, person: object): Promise<void> {
    const token = new URLSearchParams(new URL(link).hash.slice(1)).get('token')
    const begun = await this.call<{ challengeId: string; options: CreationOptions }>('POST', `${path}/begin`, {
      token,
      ...person,
    })
    const response = await new SoftwareAuthenticator(this.#product.origin).create(begun.options)
    const body = { token, challengeId: begun.challengeId, response, passkeyName: 'Test key' }
    const finished = await this.send('POST', `${path}/finish`, body)
    const cookie = finished.headers.getSetCookie().find((text) => text.startsWith('wn_access='))
    this.#accessToken = /^wn_access=([^;]*)/.exec(cookie ?? '')?.[1] ?? ''
    if (!this.#accessToken) throw new Error(`not signed in: ${finished.status} ${await finished.text()}`)
  }

  send(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${this.#product.origin}/api/v1${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        connection: 'close',
        ...(this.#accessToken ? { authorization: `Bearer ${this.#accessToken}` } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  }

  /** @throws with the answer when it is a refusal */
  async call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await this.send(method, path, body)
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return (text === '' ? undefined : JSON.parse(text)) as Answer
  }

  /** Every item of a list, page by page. */
  async list<Item>(path: string): Promise<Item[]> {
    const items: Item[] = []
    let cursor: string | null = null
    do {
      const query: string = cursor === null ? path : `${path}${path.includes('?') ? '&' : '?'}cursor=${cursor}`
      const page: { items: Item[]; nextCursor: string | null } = await this.call('GET', query)
      items.push(...page.items)
      cursor = page.nextCursor
    } while (cursor !== null)
    return items
  }
}
