import type { ErrorCode } from '../kernel/errors.ts'
import type { MirrorAnswer } from './mirror-answer.ts'

/** One of the provider's actions, as it was told. */
export interface PolledAction {
  id: string
  running: boolean
  /** ms since epoch; 0 where it cannot be read. */
  startedAt: number
  /** Itself, as JSON. */
  text: string
}

/** Ids the provider does not know are missing; `answer`: its refusal. */
export type PollReply =
  | { actions: PolledAction[]; headers: Record<string, string> }
  | { answer: MirrorAnswer }
  | { failure: { code: ErrorCode; message: string; hint?: string } }

export type PollFetch = (ids: readonly string[]) => Promise<PollReply>

/** What one request to the provider asks for (FACTS §3). */
const idsPerRequest = 25
const maxKept = 1_000
/** An action that nobody has asked for in this time is not asked for along with others. */
const forgottenMs = 5_000

/** How old an answer about a running action may be, by its age: soon at first, then as patient as the clients are. */
export function paceMs(ageMs: number): number {
  if (ageMs < 10_000) return 500
  return ageMs < 60_000 ? 1_500 : 5_000
}

interface Kept {
  /** When the request was sent. */
  at: number
  askedAt: number
  action: PolledAction
  headers: Record<string, string>
}

/**
 * What the tools of one project wait for. However many of them poll, by whatever address, the provider is asked for all
 * their actions together, and for each no more often than its pace. What has ended stays so and is never asked for again.
 */
export class ActionPolls {
  readonly #fetch: PollFetch
  readonly #onEnd: () => void
  readonly #kept = new Map<string, Kept>()
  #flight: { ids: ReadonlySet<string>; reply: Promise<PollReply> } | null = null
  #next: { ids: Set<string>; reply: Promise<PollReply> } | null = null

  /** `onEnd`: an action was seen to have ended; what was read before may be old. */
  constructor(fetch: PollFetch, onEnd: () => void) {
    this.#fetch = fetch
    this.#onEnd = onEnd
  }

  async read(ids: readonly string[]): Promise<PollReply> {
    const now = Date.now()
    const wanting = ids.filter((id) => !this.#isFresh(id, now))
    for (const id of ids) {
      const kept = this.#kept.get(id)
      if (kept) kept.askedAt = now
    }
    const told = new Map<string, PolledAction>()
    let headers = this.#kept.get(ids[0] ?? '')?.headers ?? {}
    if (wanting.length > 0) {
      const reply = await this.#ask(wanting)
      if (!('actions' in reply)) return reply
      ;({ headers } = reply)
      for (const action of reply.actions) told.set(action.id, action)
    }
    const actions = ids.flatMap((id) => told.get(id) ?? this.#kept.get(id)?.action ?? [])
    return { actions, headers }
  }

  #isFresh(id: string, now: number): boolean {
    const kept = this.#kept.get(id)
    return kept !== undefined && (!kept.action.running || now - kept.at < paceMs(now - kept.action.startedAt))
  }

  /** Who comes while a request is under way shares it, or goes with all the others into the next one. */
  #ask(ids: readonly string[]): Promise<PollReply> {
    const flight = this.#flight
    if (!flight) return this.#send(new Set(ids))
    if (ids.every((id) => flight.ids.has(id))) return flight.reply
    if (this.#next) {
      for (const id of ids) this.#next.ids.add(id)
      return this.#next.reply
    }
    const next = new Set(ids)
    const after = () => {
      this.#next = null
      return this.#send(next)
    }
    const reply = flight.reply.then(after, after)
    this.#next = { ids: next, reply }
    return reply
  }

  #send(wanted: ReadonlySet<string>): Promise<PollReply> {
    const at = Date.now()
    const ids = this.#withOthers(wanted, at)
    const flight = { ids: new Set(ids), reply: this.#fetchAll(ids, at) }
    this.#flight = flight
    const landed = () => {
      if (this.#flight === flight) this.#flight = null
    }
    void flight.reply.then(landed, landed)
    return flight.reply
  }

  /** Room in the request is for what others are waiting for as well. */
  #withOthers(wanted: ReadonlySet<string>, now: number): string[] {
    const ids = [...wanted]
    for (const [id, { askedAt }] of this.#kept) {
      if (ids.length % idsPerRequest === 0) break
      if (!wanted.has(id) && now - askedAt < forgottenMs && !this.#isFresh(id, now)) ids.push(id)
    }
    return ids
  }

  async #fetchAll(ids: readonly string[], at: number): Promise<PollReply> {
    const parts: string[][] = []
    for (let i = 0; i < ids.length; i += idsPerRequest) parts.push(ids.slice(i, i + idsPerRequest))
    const replies = await Promise.all(parts.map((part) => this.#fetch(part)))
    const actions: PolledAction[] = []
    let headers: Record<string, string> = {}
    for (const reply of replies) {
      if (!('actions' in reply)) return reply
      ;({ headers } = reply)
      actions.push(...reply.actions)
    }
    for (const action of actions) this.#keep(action, at, headers)
    return { actions, headers }
  }

  #keep(action: PolledAction, at: number, headers: Record<string, string>): void {
    const before = this.#kept.get(action.id)
    if (!action.running && before?.action.running !== false) this.#onEnd()
    this.#kept.delete(action.id)
    this.#kept.set(action.id, { at, askedAt: before?.askedAt ?? at, action, headers })
    for (const id of this.#kept.keys()) {
      if (this.#kept.size <= maxKept) return
      this.#kept.delete(id)
    }
  }
}
