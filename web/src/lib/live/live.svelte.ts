import { untrack } from 'svelte'
import { transport } from '#lib/api/transport.ts'
import { session } from '#lib/session/session.svelte.ts'
import { backoffMs } from './backoff.ts'
import { Freshness } from './freshness.svelte.ts'

/** Events carry ids and states, not objects: read the object through the API, under one's own rights. */
export type LiveEvent =
  | { type: 'server.changed'; serverIds: string[] }
  | { type: 'operation.changed'; operationId: string; serverId: string; status: string; progress: number }
  | { type: 'account.changed'; accountId: string }
  | { type: 'sync.finished'; accountId: string; at: string; result: string; changed: number }
  | { type: 'audit.appended' }
  | { type: 'fleet.changed' }
  | { type: 'session.ended'; sessionIds: string[] }
  | { type: 'approval.requested'; approvalId: string }
  | { type: 'alert.raised'; alertId: string; kind: string; severity: string }
  | { type: 'alert.acknowledged' }
type EventOf<T extends LiveEvent['type'] | '*'> = T extends '*' ? LiveEvent : Extract<LiveEvent, { type: T }>
type Listener = (event: LiveEvent) => void
type Poll = () => unknown | Promise<unknown>

const PATH = '/api/v1/live'
const PING_MS = 30_000
const SILENCE_MS = 75_000
const POLL_MS = 10_000
const HINT_MS = 500
/** The hub's own close codes: the session has ended; open it again. */
const SESSION_ENDED = 4401
const RENEW = 4408

/**
 * The one connection over which changes arrive. Opens a WebSocket, comes back after any break with a growing, jittered
 * pause, rests while the tab is hidden, and calls the polls every 10 s while there is no socket. After a gap the polls
 * run once: a missed event cannot stay missed. `renew` is called when a socket was refused (a browser does not say why;
 * most often the access token has run out) and when the hub says that the session has ended.
 */
export class LiveConnection {
  readonly freshness = new Freshness()
  #socket: WebSocket | null = null
  #listeners = new Map<string, Set<Listener>>()
  #polls = new Set<Poll>()
  #attempt = 0
  #lastHeard = 0
  #running = false
  #hadGap = false
  #opened = false
  #renew: () => Promise<unknown>
  #mayListen: () => boolean
  #retryTimer: ReturnType<typeof setTimeout> | undefined
  #pulseTimer: ReturnType<typeof setInterval> | undefined
  #pollTimer: ReturnType<typeof setInterval> | undefined
  #hintTimer: ReturnType<typeof setTimeout> | undefined

  /** `mayListen`: who may see no server is refused the socket, and only polls until that changes. */
  constructor(renew: () => Promise<unknown>, mayListen: () => boolean = () => true) {
    this.#renew = renew
    this.#mayListen = mayListen
  }

  /** Begins; returns what ends it. Safe to call once per signed-in frame. */
  start(): () => void {
    if (this.#running) return () => {}
    this.#running = true
    const visibility = () => (document.hidden ? this.#rest() : this.#wake())
    const online = () => {
      this.freshness.online()
      this.#wake()
    }
    const offline = () => {
      this.freshness.offline()
      this.#close()
    }
    document.addEventListener('visibilitychange', visibility)
    window.addEventListener('online', online)
    window.addEventListener('offline', offline)
    this.#pulseTimer = setInterval(() => this.#pulse(), PING_MS)
    this.#pollTimer = setInterval(() => this.#pollUnlessLive(), POLL_MS)
    // Called in an effect, which must not depend on what starting reads.
    untrack(() => (navigator.onLine ? this.#open() : this.freshness.offline()))
    return () => {
      this.#running = false
      document.removeEventListener('visibilitychange', visibility)
      window.removeEventListener('online', online)
      window.removeEventListener('offline', offline)
      clearInterval(this.#pulseTimer)
      clearInterval(this.#pollTimer)
      clearTimeout(this.#hintTimer)
      untrack(() => this.#close())
    }
  }

  /** Events of one type (`*`: all). Returns what unsubscribes; use it as the return of an `$effect`. */
  on<T extends LiveEvent['type'] | '*'>(type: T, heard: (event: EventOf<T>) => void): () => void {
    const listener = heard as Listener
    const set = this.#listeners.get(type) ?? new Set()
    set.add(listener)
    this.#listeners.set(type, set)
    return () => set.delete(listener)
  }

  /** What to read again while there is no live connection, and after every gap. Returns what unregisters. */
  poll(read: Poll): () => void {
    this.#polls.add(read)
    return () => this.#polls.delete(read)
  }

  /** Reads everything on screen again, now. */
  async refresh(): Promise<void> {
    await Promise.all([...this.#polls].map((read) => read()))
  }

  #open(): void {
    if (!this.#running || this.#socket || document.hidden || !navigator.onLine || !this.#mayListen()) return
    const url = new URL(PATH, location.href)
    url.protocol = url.protocol.replace('http', 'ws')
    const socket = new WebSocket(url)
    this.#socket = socket
    this.#opened = false
    socket.addEventListener('open', () => this.#connected(socket))
    socket.addEventListener('message', (message) => this.#received(socket, message))
    socket.addEventListener('close', ({ code }) => this.#lost(socket, code))
    socket.addEventListener('error', () => socket.close())
  }

  #connected(socket: WebSocket): void {
    if (this.#socket !== socket) return
    this.#opened = true
    this.#attempt = 0
    this.#lastHeard = Date.now()
    this.freshness.connected()
    if (this.#hadGap) void this.refresh()
    this.#hadGap = false
  }

  /** Whoever is not told what changed reads what is on screen again; a burst of changes is read once. */
  #refreshSoon(): void {
    this.#hintTimer ??= setTimeout(() => {
      this.#hintTimer = undefined
      void this.refresh()
    }, HINT_MS)
  }

  #received(socket: WebSocket, message: MessageEvent): void {
    if (this.#socket !== socket) return
    this.#lastHeard = Date.now()
    this.freshness.heard()
    const event = parseEvent(message.data)
    if (!event) return
    if (event.type === 'fleet.changed') this.#refreshSoon()
    for (const type of [event.type, '*']) {
      for (const listener of this.#listeners.get(type) ?? []) listener(event)
    }
  }

  #lost(socket: WebSocket, code: number): void {
    if (this.#socket !== socket) return
    this.#socket = null
    this.#hadGap = true
    this.freshness.disconnected()
    if (!this.#running || document.hidden) return
    if (code === SESSION_ENDED || !this.#opened) void this.#renew().catch(() => {})
    clearTimeout(this.#retryTimer)
    this.#retryTimer = setTimeout(() => this.#open(), code === RENEW ? 0 : backoffMs(this.#attempt++))
  }

  #close(): void {
    clearTimeout(this.#retryTimer)
    const socket = this.#socket
    this.#socket = null
    if (socket) {
      this.#hadGap = true
      socket.close(1000)
    }
    this.freshness.disconnected()
  }

  #rest(): void {
    this.#close()
  }

  #wake(): void {
    this.#attempt = 0
    clearTimeout(this.#retryTimer)
    if (!this.#socket) {
      this.#pollUnlessLive()
      this.#open()
    }
  }

  /** Asks for a sign of life; a socket that has been silent too long is dead, whatever the browser believes. */
  #pulse(): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return
    if (Date.now() - this.#lastHeard > SILENCE_MS) this.#socket.close()
    else this.#socket.send('ping')
  }

  #pollUnlessLive(): void {
    if (document.hidden || !navigator.onLine || this.#socket?.readyState === WebSocket.OPEN) return
    // Not before a pause after a failure is over: that one opens it by itself.
    void this.refresh().then(() => this.#attempt === 0 && this.#open())
  }
}

/** A JSON object with a type, or null: "pong" and anything we do not understand only prove that the line is alive. */
function parseEvent(data: unknown): LiveEvent | null {
  if (typeof data !== 'string' || !data.startsWith('{')) return null
  try {
    const value: unknown = JSON.parse(data)
    return typeof (value as LiveEvent)?.type === 'string' ? (value as LiveEvent) : null
  } catch {
    return null
  }
}

/** The API answers 401 to a lapsed token, and the transport renews it or ends the session; the answer is not needed. */
export const live = new LiveConnection(
  () => transport(new Request('/api/v1/me', { credentials: 'same-origin' })),
  () => session.can('servers:read'),
)
