import type { Ctx, ProtectionPort } from '../../context.ts'
import { batch, toAppError } from '../../db/index.ts'
import { AppError } from '../../kernel/errors.ts'
import { ipMatches } from '../../kernel/ip.ts'
import { describeError } from '../../kernel/log.ts'
import { isRecentlyVerifiedActor, notActive } from '../identity/index.ts'
import { raiseAlert } from './alert.ts'
import {
  countReusedFamilies,
  moveSession,
  noteCountry,
  selectCountries,
  selectLastSighting,
  type CountryRow,
} from './protection.store.ts'
import { react, type Struck } from './react.ts'
import * as rules from './rules.ts'
import { readSettings } from './settings.ts'
import { tellOutside } from './tell-outside.ts'

type Person = { id: string; name: string; role: string }

/** What the rest of the product tells the rules that watch (G8). Features know only the port (worker/context.ts). */
export const protection: ProtectionPort = {
  async signInFailed(ctx, user, failures) {
    if (rules.isFailureLimit(failures)) await react(ctx, { kind: 'failed_sign_ins', user, facts: { failures } })
  },

  async refreshReused(ctx, user, session) {
    const times = await countReusedFamilies(ctx.db, user.id, ctx.clock.now() - rules.reuseMs)
    const onlyTell = !rules.isRepeatedReuse(times)
    await react(ctx, { kind: 'refresh_reuse', user, onlyTell, facts: { session: session.name, times } })
  },

  async refused(ctx) {
    await strike(ctx, 'refusals', rules.refusalBurst)
  },

  async limitReached(ctx) {
    await strike(ctx, 'rate_limits', rules.limitBurst)
  },

  async beforeSession(ctx, user) {
    if (user.role === 'OWNER') await assertOwnerAddress(ctx, user, (await readSettings(ctx)).ownerAllowlist)
    if (ctx.country === null) return []
    const now = ctx.clock.now()
    const [known, last] = await Promise.all([selectCountries(ctx.db, user.id), selectLastSighting(ctx.db, user.id)])
    await judgeTravel(ctx, user, last, known)
    return [noteCountry(ctx.db, user.id, ctx.country, now)]
  },

  async assertAddress(ctx, user, ownerAllowlist) {
    if (user.role === 'OWNER') await assertOwnerAddress(ctx, user, ownerAllowlist)
  },

  async onRequest(ctx, user, session, ownerAllowlist) {
    if (user.role === 'OWNER') await assertOwnerAddress(ctx, user, ownerAllowlist)
    const { country } = ctx
    if (country === null || country === session.country) return
    const last = session.country === null ? null : { country: session.country, at: session.lastSeenAt }
    await judgeTravel(ctx, user, last, await selectCountries(ctx.db, user.id))
    const now = ctx.clock.now()
    const moved = [moveSession(ctx.db, session.id, country, now), noteCountry(ctx.db, user.id, country, now)]
    await batch(ctx.db, moved).catch((error: unknown) => {
      throw toAppError(error)
    })
  },

  doneOutside: tellOutside,

  async beforeDestructive(ctx, act) {
    const { actor, country } = ctx
    // A key works from wherever its machine stands; it has a list of addresses of its own instead.
    if (actor.kind !== 'user' || actor.key !== null || country === null) return
    const fresh = isRecentlyVerifiedActor(ctx)
    const verdict = rules.judgeDestructive(country, confirmedOf(await selectCountries(ctx.db, actor.id)), fresh)
    if (verdict === 'familiar') return
    if (!(await readSettings(ctx)).rules.new_country.on) return
    const finding: Struck = { kind: 'new_country', user: actor, facts: { country, act, proven: fresh } }
    if (verdict === 'tell') {
      await react(ctx, { ...finding, onlyTell: true })
      return
    }
    if (await ctx.limits.strike(`unproven:${actor.id}`, rules.unprovenBurst)) await assertStays(ctx, finding)
    throw new AppError('step_up_required', { hint: 'You work from a country that you have not confirmed.' })
  },
}

/** One more of something that is harmless by itself. Never in the way of the answer it is about. */
async function strike(ctx: Ctx, kind: 'refusals' | 'rate_limits', burst: typeof rules.refusalBurst): Promise<void> {
  const { actor } = ctx
  if (actor.kind !== 'user') return
  try {
    if (!(await ctx.limits.strike(`${kind}:${actor.id}`, burst))) return
    await react(ctx, { kind, user: actor, key: actor.key ?? undefined, facts: { count: burst.count } })
  } catch (error) {
    ctx.log.error('protection.failed', { rule: kind, error: describeError(error) })
  }
}

const confirmedOf = (known: readonly CountryRow[]): string[] =>
  known.flatMap(({ country, confirmedAt }) => (confirmedAt === null ? [] : [country]))

async function judgeTravel(
  ctx: Ctx,
  user: Person,
  from: rules.Sighting | null,
  known: readonly CountryRow[],
): Promise<void> {
  if (ctx.country === null) return
  const to = { country: ctx.country, at: ctx.clock.now() }
  if (!rules.isImpossibleTravel(from, to, confirmedOf(known))) return
  const minutes = Math.max(0, Math.round((to.at - (from?.at ?? to.at)) / 60_000))
  const facts = { from: from?.country ?? null, to: to.country, minutes }
  await assertStays(ctx, { kind: 'impossible_travel', user, facts })
}

/** Reacts; whoever is suspended by that goes no further. @throws `account_not_active`. */
async function assertStays(ctx: Ctx, finding: Struck): Promise<void> {
  if ((await react(ctx, finding)) === 'suspended') throw notActive('SUSPENDED')
}

/** @throws `ip_not_allowed` for an owner outside the list, and tells the owners. */
async function assertOwnerAddress(ctx: Ctx, user: Person, allowlist: readonly string[]): Promise<void> {
  if (allowlist.length === 0 || ipMatches(allowlist, ctx.ip)) return
  try {
    await raiseAlert(ctx, { kind: 'owner_address', user }, 'refused')
  } catch (error) {
    ctx.log.error('protection.failed', { rule: 'owner_address', error: describeError(error) })
  }
  throw new AppError('ip_not_allowed', {
    hint: 'Work from an address on the list of the owners, or ask whoever deployed this to clear the list.',
  })
}
