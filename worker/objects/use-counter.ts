import { days, minutes, seconds } from '../kernel/clock.ts'
import type { KeyUse, KeyUseByDay } from '../kernel/rate-limit.ts'

/** Puts a key's counts of these days into the database, absolute: doing it twice changes nothing. */
export type WriteUse = (keyId: string, byDay: KeyUseByDay) => Promise<void>

interface Kept {
  keyId: string
  byDay: Record<string, KeyUse>
  /** Goes up with every change, so that what came while it was written is not taken for written. */
  version: number
  written: number
  writtenAt: number
}

/** What is newer than this lives in memory only: a crash loses so much at most. */
const keepMs = seconds(10)
/** After a pause a call is kept at once, but not before its answer: an object that waits is not put to sleep, and costs. */
const soonMs = seconds(0.2)
/** A key that has not been written for long is soon, so that its page and lists know of it. */
const firstWriteMs = seconds(10)
/** The database is written so often at most, however busy the key is: 96 times a day. */
const writeMs = minutes(15)

const storedAs = 'use'

/** Counts the calls of one API key, cheaply: in memory, then in the object's storage, then in the database. */
export class UseCounter {
  readonly #storage: DurableObjectStorage
  readonly #write: WriteUse
  #keyId = ''
  #fresh: Record<string, KeyUse> = {}
  #timer: ReturnType<typeof setTimeout> | null = null
  #keptAt = 0

  constructor(storage: DurableObjectStorage, write: WriteUse) {
    this.#storage = storage
    this.#write = write
  }

  add(keyId: string, use: KeyUse): void {
    this.#keyId = keyId
    plus(this.#fresh, today(), use)
    if (this.#timer !== null) return
    const isBusy = Date.now() - this.#keptAt < keepMs
    this.#timer = setTimeout(() => this.#keep(), isBusy ? keepMs : soonMs)
    // Set first, so that counts are written even if nothing more happens here.
    void this.#wake(Date.now() + firstWriteMs)
  }

  /** Days that are not dropped yet, with what came this moment. */
  byDay(): KeyUseByDay {
    const all = this.#kept()?.byDay ?? {}
    for (const [day, use] of Object.entries(this.#fresh)) plus(all, day, use)
    return all
  }

  /** Called by the alarm. True where nothing is left to keep. */
  async settle(): Promise<boolean> {
    this.#keep()
    const kept = this.#kept()
    if (!kept) return true
    const now = Date.now()
    if (kept.version !== kept.written) {
      const due = kept.writtenAt + writeMs
      if (due > now) return this.#later(due)
      try {
        await this.#write(kept.keyId, kept.byDay)
      } catch {
        // Whoever writes has logged it. Absolute counts wait without a loss.
        return this.#later(now + writeMs)
      }
    }
    this.#keep()
    const since = this.#kept() ?? kept
    const rest = Object.fromEntries(Object.entries(since.byDay).filter(([day]) => day >= today()))
    const isWritten = since.version === kept.version
    if (isWritten && Object.keys(rest).length === 0) return true
    const byDay = isWritten ? rest : since.byDay
    const writtenAt = kept.version === kept.written ? kept.writtenAt : now
    this.#storage.kv.put<Kept>(storedAs, { ...since, byDay, written: kept.version, writtenAt })
    return this.#later(isWritten ? Number(today()) + days(1) : writtenAt + writeMs)
  }

  #kept(): Kept | undefined {
    return this.#storage.kv.get<Kept>(storedAs)
  }

  #keep(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    if (Object.keys(this.#fresh).length === 0) return
    this.#keptAt = Date.now()
    const kept = this.#kept() ?? { keyId: this.#keyId, byDay: {}, version: 0, written: 0, writtenAt: 0 }
    for (const [day, use] of Object.entries(this.#fresh)) plus(kept.byDay, day, use)
    this.#fresh = {}
    this.#storage.kv.put<Kept>(storedAs, { ...kept, version: kept.version + 1 })
  }

  async #later(at: number): Promise<false> {
    await this.#storage.setAlarm(at)
    return false
  }

  /** At this time, or when it may write again. */
  async #wake(at: number): Promise<void> {
    const known = await this.#storage.getAlarm()
    const wanted = Math.max(at, (this.#kept()?.writtenAt ?? -writeMs) + writeMs)
    if (known === null || known > wanted) await this.#storage.setAlarm(wanted)
  }
}

/** As text, which sorts as the numbers do for the next 260 years. */
const today = (): string => String(Math.floor(Date.now() / days(1)) * days(1))

function plus(byDay: Record<string, KeyUse>, day: string, { calls, refusals }: KeyUse): void {
  const known = byDay[day] ?? { calls: 0, refusals: 0 }
  byDay[day] = { calls: known.calls + calls, refusals: known.refusals + refusals }
}
