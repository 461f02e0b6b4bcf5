import { DurableObject } from 'cloudflare:workers'
import type { ErrorCode } from '../kernel/errors.ts'
import { ActionPolls, type PollReply } from './action-polls.ts'
import type { MirrorAnswer } from './mirror-answer.ts'

export type { MirrorAnswer }

/** A failure as data: an error that crosses to another object loses everything but its text. */
export type MirrorReply = { answer: MirrorAnswer } | { failure: { code: ErrorCode; message: string; hint?: string } }

/** Reads from the provider; given by the composition root, because objects import no feature. */
export interface MirrorFetch {
  read(env: Env, accountId: string, target: string): Promise<MirrorReply>
  /** At most 25 at once. */
  readActions(env: Env, accountId: string, ids: readonly string[]): Promise<PollReply>
}

/** How long an answer may be told again while nothing is going on, ms. */
const freshMs = 10_000
/** After a change, and while actions run, the provider's state moves by itself. */
const unsettledMs = 10_000
/** Then only what is asked for in the same moment is told twice. */
const unsettledFreshMs = 500
const maxEntries = 256
const maxBytes = 24 * 1_024 * 1_024

interface Entry {
  /** When the request was sent: what it tells is at least as old. */
  at: number
  generation: number
  reply: Promise<MirrorReply>
  /** 0 while it is under way. */
  bytes: number
}

/**
 * One object a project: what the team's tools have just read of it, in memory only. The provider's limit is one for all
 * of them, so readers that ask for the same at once share one request, and within seconds one answer. A write through
 * here empties it, and so does an action that is seen to have ended: whoever wrote, or waited, sees what came of it.
 */
export const readMirrorClass = (upstream: MirrorFetch) =>
  class ReadMirror extends DurableObject<Env> {
    readonly #entries = new Map<string, Entry>()
    #generation = 0
    #unsettledUntil = 0
    #polls: ActionPolls | null = null

    /** `fresh`: past every kept answer, as `Cache-Control: no-cache` asks for. Failures are not kept. */
    async read(accountId: string, target: string, fresh: boolean): Promise<MirrorReply> {
      const known = this.#entries.get(target)
      if (known && !fresh && this.#mayTell(known)) return known.reply
      const entry: Entry = {
        at: Date.now(),
        generation: this.#generation,
        reply: upstream.read(this.env, accountId, target),
        bytes: 0,
      }
      this.#entries.delete(target)
      this.#entries.set(target, entry)
      try {
        const reply = await entry.reply
        if ('answer' in reply && reply.answer.status === 200) {
          entry.bytes = Math.max(1, reply.answer.body.length)
          this.#noticeActions(target, reply.answer)
          this.#trim()
        } else {
          this.#forget(target, entry)
        }
        return reply
      } catch (error) {
        this.#forget(target, entry)
        throw error
      }
    }

    /** Several at once, each as `read` has it. */
    readMany(accountId: string, targets: readonly string[], fresh: boolean): Promise<MirrorReply[]> {
      return Promise.all(targets.map((target) => this.read(accountId, target, fresh)))
    }

    /** What became of these actions; of those that run, a moment ago (action-polls.ts). */
    async readActions(accountId: string, ids: readonly string[]): Promise<PollReply> {
      this.#polls ??= new ActionPolls(
        (part) => upstream.readActions(this.env, accountId, part),
        () => this.noteEnd(),
      )
      const reply = await this.#polls.read(ids)
      if ('actions' in reply && reply.actions.some(({ running }) => running)) this.#unsettle()
      return reply
    }

    /** Before a write is sent, and once more when it has been answered. */
    noteWrite(): void {
      this.noteEnd()
      this.#unsettle()
    }

    /** Something has ended at the provider: nothing read before counts any more. */
    noteEnd(): void {
      this.#generation += 1
      this.#entries.clear()
    }

    #noticeActions(target: string, { body }: MirrorAnswer): void {
      if (!/\/actions(\/|\?|$)/.test(target)) return
      if (/"status"\s*:\s*"running"/.test(body)) this.#unsettle()
      // Whoever waits by a list sees by its answer that nothing runs any more.
      else if (Date.now() < this.#unsettledUntil) this.noteEnd()
    }

    #mayTell(entry: Entry): boolean {
      if (entry.generation !== this.#generation) return false
      if (entry.bytes === 0) return true
      const now = Date.now()
      return now - entry.at < (now < this.#unsettledUntil ? unsettledFreshMs : freshMs)
    }

    #unsettle(): void {
      this.#unsettledUntil = Date.now() + unsettledMs
    }

    #forget(target: string, entry: Entry): void {
      if (this.#entries.get(target) === entry) this.#entries.delete(target)
    }

    /** The oldest go first. */
    #trim(): void {
      let bytes = 0
      for (const entry of this.#entries.values()) bytes += entry.bytes
      for (const [target, entry] of this.#entries) {
        if (this.#entries.size <= maxEntries && bytes <= maxBytes) return
        if (entry.bytes === 0) continue
        bytes -= entry.bytes
        this.#entries.delete(target)
      }
    }
  }

export type ReadMirrorObject = InstanceType<ReturnType<typeof readMirrorClass>>
