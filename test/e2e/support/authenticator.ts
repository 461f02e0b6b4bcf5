import type { CDPSession, Page } from 'playwright-core'

/** A passkey as the virtual authenticator holds it. */
interface Credential {
  credentialId: string
  isResidentCredential: boolean
  rpId?: string
  privateKey: string
  userHandle?: string
  signCount: number
}

let latestCount = 0

/**
 * A virtual platform authenticator (CTAP2, resident keys, user verification) on one page.
 * It answers a prompt by itself while `present`; a waiting conditional prompt on the sign-in page counts as one.
 */
export class Authenticator {
  readonly #session: CDPSession
  readonly #id: string

  private constructor(session: CDPSession, id: string) {
    this.#session = session
    this.#id = id
  }

  static async attach(page: Page): Promise<Authenticator> {
    const session = await page.context().newCDPSession(page)
    await session.send('WebAuthn.enable', { enableUI: false })
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    return new Authenticator(session, authenticatorId)
  }

  /** Whether somebody is there to touch it: when not, prompts stay open. */
  async setPresent(enabled: boolean): Promise<void> {
    await this.#session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId: this.#id, enabled })
  }

  /** Whether the finger is the right one: when not, every prompt is refused. */
  async setVerified(isUserVerified: boolean): Promise<void> {
    await this.#session.send('WebAuthn.setUserVerified', { authenticatorId: this.#id, isUserVerified })
  }

  async credentials(): Promise<Credential[]> {
    const { credentials } = await this.#session.send('WebAuthn.getCredentials', { authenticatorId: this.#id })
    return credentials
  }

  /** Makes this device hold the same passkeys as another, as a synced password manager would. */
  async copyFrom(other: Authenticator): Promise<void> {
    for (const credential of await other.credentials()) await this.#add(credential)
  }

  /**
   * Puts the counters of its passkeys ahead of every copy's. Synced passkeys count nothing, these do; a copy that was
   * used in between would make this one look stolen.
   */
  async catchUp(): Promise<void> {
    const held = await this.credentials()
    await this.clear()
    for (const credential of held) await this.#add(credential)
  }

  async #add(credential: Credential): Promise<void> {
    latestCount += 1_000
    const ahead = { ...credential, signCount: latestCount }
    await this.#session.send('WebAuthn.addCredential', { authenticatorId: this.#id, credential: ahead })
  }

  async clear(): Promise<void> {
    await this.#session.send('WebAuthn.clearCredentials', { authenticatorId: this.#id })
  }
}
