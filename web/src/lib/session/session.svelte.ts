import type { components } from '#lib/api/schema.d.ts'
import { readAnswer, transport } from '#lib/api/transport.ts'

export type Me = components['schemas']['Me']
export type Permission = Me['permissions'][number]

/** Who is signed in and what they may do, as the API says. It decides nothing: it only spares people dead ends. */
class Session {
  #me = $state.raw<Me | null>(null)
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

  /** Ends the session at the server and forgets it here. @throws ApiError when the server could not be told. */
  async signOut(): Promise<void> {
    const request = new Request('/api/v1/session', { method: 'DELETE', credentials: 'same-origin' })
    const response = await transport(request)
    if (response.status !== 401) await readAnswer<void>(response)
    this.clear()
  }

  clear(): void {
    this.#me = null
  }
}

export const session = new Session()
