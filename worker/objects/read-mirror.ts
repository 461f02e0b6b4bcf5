import { DurableObject } from 'cloudflare:workers'
import type { ErrorCode } from '../kernel/errors.ts'

/** A provider's answer to a read, as it came. */
export interface MirrorAnswer {
  status: number
  headers: Record<string, string>
  body: string
}

/** A failure as data: an error that crosses to another object loses everything but its text. */
export type MirrorReply = { answer: MirrorAnswer } | { failure: { code: ErrorCode; message: string; hint?: string } }

/** Reads from the provider; given by the composition root, because objects import no feature. */
export type MirrorFetch = (env: Env, accountId: string, target: string) => Promise<MirrorReply>

/** How long an answer may be told again while nothing is going on, ms. */
const freshMs = 10_000
/** After a change, and while actions run, the provider's state moves by itself: every read is a new one. */
const unsettledMs = 10_000
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
 * here empties it, so that whoever wrote sees what they wrote.
 */
export const readMirrorClass = (fetchUpstream: MirrorFetch) =>
  class ReadMirror extends DurableObject<Env> {
    readonly #entries = new Map<string, Entry>()
    #generation = 0
    #unsettledUntil = 0

    /** `fresh`: past every kept answer, as `Cache-Control: no-cache` asks for. Failures are not kept. */
    async read(accountId: string, target: string, fresh: boolean): Promise<MirrorReply> {
      const known = this.#entries.get(target)
      if (known && !fresh && this.#mayTell(known)) return known.reply
      const entry: Entry = {
        at: Date.now(),
        generation: this.#generation,
        reply: fetchUpstream(this.env, accountId, target),
        bytes: 0,
      }
      this.#entries.delete(target)
      this.#entries.set(target, entry)
      try {
        const reply = await entry.reply
        if ('answer' in reply && reply.answer.status === 200) {
          entry.bytes = Math.max(1, reply.answer.body.length)
          if (isUnderWay(target, reply.answer)) this.#unsettle()
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

    /** Before a write is sent, and once more when it has been answered. */
    noteWrite(): void {
      this.#generation += 1
      this.#entries.clear()
      this.#unsettle()
    }

    #mayTell(entry: Entry): boolean {
      if (entry.generation !== this.#generation) return false
      if (entry.bytes === 0) return true
      const now = Date.now()
      return now >= this.#unsettledUntil && now - entry.at < freshMs
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

/** An action that still runs is about to change what it works on. */
const isUnderWay = (target: string, { body }: MirrorAnswer): boolean =>
  /\/actions(\/|\?|$)/.test(target) && /"status"\s*:\s*"running"/.test(body)
