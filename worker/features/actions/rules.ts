import type { AuditAction } from '../../kernel/audit.ts'
import { hours, minutes, seconds } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Lease } from '../../kernel/lock.ts'
import type { PowerAction, ProviderAction } from '../../provider/provider.ts'

/** When the lock's alarm first looks after an operation that has said nothing. */
export const firstLookMs = seconds(6)
/** The same after a tool's request, which is sent once and given up after 15 s. */
export const toolFirstLookMs = seconds(20)
/** A write is given up after 15 s and tried at most three times: after this, none of ours can still be under way. */
export const requestOverMs = seconds(60)
/** Afterwards an operation without an end is closed as `unknown`. */
export const deadlineMs = minutes(10)
/** What tools begin may copy whole disks. */
export const longDeadlineMs = hours(2)
/** How long a system may take to shut down after it was asked to. */
export const shutdownMs = minutes(2)
/** A provider that does not know an action of ours may still be writing it down. */
export const unknownActionMs = seconds(30)
/** Between the provider's clock, which counts whole seconds, and ours. */
const clockSkewMs = seconds(5)

export type PowerAuditAction = Extract<AuditAction, `server.${PowerAction}`>

export const toAuditAction = (action: PowerAction): PowerAuditAction => `server.${action}`
export const toPowerAction = (action: AuditAction): PowerAction => action.slice('server.'.length) as PowerAction

/** What may lose data is confirmed by typing the name (P3.2). @throws AppError `invalid_input`. */
export function assertConfirmed(action: PowerAction, serverName: string, confirmName: string | undefined): void {
  if (action !== 'power_off' && action !== 'reset') return
  if (confirmName === serverName) return
  throw new AppError('invalid_input', {
    message: 'Type the name of the server to confirm.',
    fields: [{ path: 'confirmName', message: 'Does not match the name of the server.' }],
  })
}

/** @throws AppError `invalid_input` unless the person typed how many servers this is about. */
export function assertCount(confirm: string, count: number): void {
  if (confirm.trim() === String(count)) return
  throw new AppError('invalid_input', {
    message: 'Type how many servers this is about to confirm.',
    fields: [{ path: 'confirm', message: `Does not match the ${count} selected.` }],
  })
}

/**
 * Whether the provider itself would call it pointless: asked only about a status it has just told us (the mirror may
 * be a minute old). A status in between is no reason to refuse: it may never end by itself.
 */
export function isPointless(action: PowerAction, status: string): boolean {
  return action === 'start' ? status === 'running' : status === 'off'
}

const wrongState: Record<PowerAction, string> = {
  start: 'This server is already running.',
  stop: 'This server is already off.',
  power_off: 'This server is already off.',
  reboot: 'This server is off. Start it instead.',
  reset: 'This server is off. Start it instead.',
}

export const wrongStateError = (action: PowerAction, status: string): AppError =>
  new AppError('wrong_state', { message: wrongState[action], meta: { status } })

/** Once a second while somebody is likely to watch, then at the official clients' pace (FACTS §3), then less. */
export function pollDelayMs(ageMs: number): number {
  if (ageMs < seconds(10)) return seconds(1)
  if (ageMs < minutes(1)) return 2_500
  return ageMs < minutes(10) ? seconds(5) : seconds(20)
}

export const lockKeyOf = (serverId: string): string => `server:${serverId}`

/** The object that looks after an operation: its server's lock, or one of its own where there is none to lock. */
export const lockOf = ({ id, serverId }: { id: string; serverId: string | null }): Lease => ({
  key: serverId === null ? `operation:${id}` : lockKeyOf(serverId),
  operationId: id,
})

/** After a look that failed: longer and longer, but a short trouble costs little. */
export const retryDelayMs = (ageMs: number): number => Math.min(seconds(30), Math.max(2_500, Math.round(ageMs / 4)))

/**
 * The provider's action that a lost request of ours has probably caused: the same command, begun since then, and not
 * known to belong to another operation. The earliest of them.
 */
export function findCausedBy(
  { action, command, startedAt }: { action: AuditAction; command: string | null; startedAt: number },
  candidates: readonly ProviderAction[],
  claimed: ReadonlySet<string>,
): ProviderAction | undefined {
  const isSame = ({ power, command: word }: ProviderAction) =>
    command === null ? power === toPowerAction(action) : word === command
  return candidates
    .filter((candidate) => isSame(candidate) && candidate.startedAt >= startedAt - clockSkewMs)
    .filter((candidate) => !claimed.has(candidate.providerActionId))
    .toSorted((a, b) => a.startedAt - b.startedAt)[0]
}
