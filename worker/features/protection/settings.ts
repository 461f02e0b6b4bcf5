import type { Ctx } from '../../context.ts'
import { authorize } from '../../kernel/authorize.ts'
import { isoOrNull } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import { ipMatches } from '../../kernel/ip.ts'
import { authorizeOnRecord, mutate } from '../../kernel/mutate.ts'
import { ruleNames, type RuleSettings } from '../../kernel/protection.ts'
import { assertRecentlyVerified, getUserOrThrow, instanceTarget } from '../identity/index.ts'
import { selectSettings, updateSettings } from './protection.store.ts'
import { completeRules } from './rules.ts'
import type { ProtectionInput, ProtectionSettings } from './schemas.ts'

export interface Settings {
  rules: RuleSettings
  ownerAllowlist: string[]
  /** Whether owners are told of what others do at the provider itself. */
  tellOutside: boolean
  version: number
  updatedAt: number | null
}

export async function readSettings(ctx: Pick<Ctx, 'db'>): Promise<Settings> {
  const row = await selectSettings(ctx.db)
  return {
    rules: completeRules(row?.rules ?? {}),
    ownerAllowlist: row?.ownerAllowlist ?? [],
    tellOutside: row?.tellOutside ?? false,
    version: row?.version ?? 0,
    updatedAt: row?.updatedAt ?? null,
  }
}

/** What watches, what follows, and from where owners may work; with the address the asking owner has now. */
export async function getProtection(ctx: Ctx): Promise<ProtectionSettings> {
  authorize(ctx.actor, 'users:govern')
  const settings = await readSettings(ctx)
  return { ...settings, updatedAt: isoOrNull(settings.updatedAt), yourIp: ctx.ip }
}

/**
 * Another set of rules and addresses. A list without one's own address is refused: nobody locks themselves out by a
 * slip. @throws `step_up_required`, `invalid_input`, `conflict`.
 */
export async function updateProtection(ctx: Ctx, input: ProtectionInput): Promise<ProtectionSettings> {
  const action = 'protection.update'
  await authorizeOnRecord(ctx, { action, permission: 'users:govern', target: instanceTarget })
  assertRecentlyVerified(ctx)
  assertNotLockedOut(input.ownerAllowlist, ctx.ip)
  const before = await readSettings(ctx)
  if (before.version !== input.version) throw new AppError('conflict')
  await mutate(ctx, {
    action,
    permission: 'users:govern',
    target: instanceTarget,
    run: async (op) => {
      const { id } = getUserOrThrow(ctx)
      const { rules, ownerAllowlist, tellOutside } = input
      const changes = { rules, ownerAllowlist, tellOutside, updatedAt: ctx.clock.now(), updatedBy: id }
      await op.commit(updateSettings(ctx.db, input.version, changes), {
        before: snapshot(before),
        after: snapshot(input),
      })
    },
  })
  return getProtection(ctx)
}

function assertNotLockedOut(allowlist: readonly string[], ip: string | null): void {
  if (allowlist.length === 0 || ipMatches(allowlist, ip)) return
  throw new AppError('invalid_input', {
    message: 'This list would lock you out.',
    hint: `Add your own address, ${ip ?? 'which is not known'}, or a network that contains it. Nothing was changed.`,
    fields: [{ path: 'ownerAllowlist', message: 'Does not contain the address you are working from.' }],
  })
}

const snapshot = ({
  rules,
  ownerAllowlist,
  tellOutside,
}: Pick<Settings, 'rules' | 'ownerAllowlist' | 'tellOutside'>) => ({
  ...Object.fromEntries(ruleNames.map((name) => [name, rules[name].on ? rules[name].reaction : 'off'])),
  ownerAllowlist: ownerAllowlist.join(' '),
  tellOutside,
})
