import type { components } from '#lib/api/schema.d.ts'
import { readAnswer, transport } from '#lib/api/transport.ts'

export type Me = components['schemas']['Me']
export type Permission = Me['permissions'][number]

/** Who is signed in and what they may do, as the API says. It decides nothing: it only spares people dead ends. */
class Session {
  #me = $state.raw<Me | null>(null)
  #leaving = false
  #allowed = $derived(new Set<string>(this.#me?.permissions ?? []))

  get user(): Me | null {
    return this.#me
  }
  get signedIn(): boolean {
    return this.#me !== null
  }

  can(permission: string): boolean {
    return this.#allowed.has(permission)
  }

  /** Takes what signing in, or a change of one's own data, answered. */
  set(me: Me): void {
    this.#me = me
  }

  /** Reads `/api/v1/me`. @throws ApiError */
  async load(): Promise<void> {
    this.#me = await readAnswer<Me>(await transport(new Request('/api/v1/me', { credentials: 'same-origin' })))
  }

  /** Reads it again: what one may do can change at any time. Unchanged, nothing on screen moves. @throws ApiError */
  async refresh(): Promise<void> {
    const me = await readAnswer<Me>(await transport(new Request('/api/v1/me', { credentials: 'same-origin' })))
    if (this.#me && JSON.stringify(me) !== JSON.stringify(this.#me)) this.#me = me
  }

  /** True while this page itself signs out: the end of the session is then no news to it. */
  get leaving(): boolean {
    return this.#leaving
  }

  /** Ends the session at the server and forgets it here. @throws ApiError when the server could not be told. */
  async signOut(scope: 'here' | 'everywhere' = 'here'): Promise<void> {
    const path = scope === 'here' ? '/api/v1/session' : '/api/v1/me/sessions/all'
    this.#leaving = true
    try {
      const response = await transport(new Request(path, { method: 'DELETE', credentials: 'same-origin' }))
      if (response.status !== 401) await readAnswer<unknown>(response)
      this.clear()
    } finally {
      this.#leaving = false
    }
  }

  clear(): void {
    this.#me = null
  }
}

export const session = new Session()
