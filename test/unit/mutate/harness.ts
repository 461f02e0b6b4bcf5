import type { Actor } from '../../../worker/kernel/actor.ts'
import type { AuditEntry } from '../../../worker/kernel/audit.ts'
import type { LiveEvent } from '../../../worker/kernel/live.ts'
import type { LockHolder } from '../../../worker/kernel/lock.ts'
import type { MutateContext, Mutation, Operation } from '../../../worker/kernel/mutate.ts'
import type { Role } from '../../../worker/kernel/permissions.ts'
import { silentLog } from '../../support/provider-harness.ts'

export const person = (role: Role, name = 'Ada'): Actor => ({
  kind: 'user',
  id: `usr_${name}`,
  name,
  role,
  overrides: [],
  grants: [],
  key: null,
  sessionId: 'ses_1',
  verifiedAt: 0,
})

/** Everything `mutate` touches, in memory, in the order in which it was touched. */
export function mutateHarness(actor: Actor = person('OWNER')) {
  const steps: string[] = []
  const rows: AuditEntry[] = []
  const saved: string[] = []
  const events: LiveEvent[] = []
  const locks = new Map<string, LockHolder>()
  /** Commits that fail: by the phase of their row. */
  const failing = new Set<string>()
  let lockError: Error | null = null
  let now = 1_000

  const commit = async (statements: readonly string[], entry: AuditEntry) => {
    steps.push(`${entry.phase}${statements.length > 0 ? `+${statements.join('+')}` : ''}`)
    if (failing.has(entry.phase)) throw new Error(`cannot write ${entry.phase}`)
    saved.push(...statements)
    rows.push(entry)
  }
  const ctx: MutateContext<string> = {
    requestId: 'req_1',
    actor,
    source: 'web',
    ip: '192.0.2.1',
    country: null,
    userAgent: 'test',
    clock: { now: () => now++ },
    log: silentLog,
    journal: { append: (entry) => commit([], entry), commit },
    locks: {
      acquire: async (key, holder) => {
        steps.push('lock')
        if (lockError) throw lockError
        const held = locks.get(key)
        if (held) return { ok: false, holder: held }
        locks.set(key, holder)
        return { ok: true }
      },
      release: async ({ key, operationId }) => {
        steps.push('release')
        if (locks.get(key)?.operationId === operationId) locks.delete(key)
      },
      follow: async () => void steps.push('follow'),
    },
    live: { publish: (event) => void events.push(event) },
  }
  return {
    ctx,
    steps,
    rows,
    saved,
    locks,
    failing,
    phases: () => rows.map((row) => row.phase),
    published: () => events.filter((event) => event.type !== 'audit.appended'),
    breakLocks: (error: Error) => void (lockError = error),
  }
}

export const target = { type: 'server', id: 'srv_1', name: 'web-1' } as const

/** A power action as the kernel sees one. */
export const mutation = (
  run: (op: Operation<string>) => Promise<string>,
  change: Partial<Mutation<string, string>> = {},
): Mutation<string, string> => ({
  action: 'server.reboot',
  permission: 'servers:power',
  target,
  lock: { key: 'server:srv_1', ms: 6_000 },
  begin: () => ['insert'],
  end: (_op, ending) => [`end-${ending.phase}`],
  run,
  ...change,
})
