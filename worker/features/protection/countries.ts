import type { Ctx } from '../../context.ts'
import { iso, isoOrNull } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import { mutate } from '../../kernel/mutate.ts'
import { assertRecentlyVerified, getSessionActorOrThrow, getUserOrThrow, userTarget } from '../identity/index.ts'
import { confirmCountry, forgetCountry, selectCountries } from './protection.store.ts'
import type { CountryList } from './schemas.ts'

/** Where one has been signed in from, and which of these countries one has confirmed. */
export async function listCountries(ctx: Ctx): Promise<CountryList> {
  const rows = await selectCountries(ctx.db, getUserOrThrow(ctx).id)
  const items = rows.map(({ country, firstSeenAt, lastSeenAt, confirmedAt }) => ({
    country,
    firstSeenAt: iso(firstSeenAt),
    lastSeenAt: iso(lastSeenAt),
    confirmedAt: isoOrNull(confirmedAt),
  }))
  return { here: ctx.country, items }
}

/** Trusts a country, also before one is there: a VPN, a journey. @throws `step_up_required`. */
export async function confirmOwnCountry(ctx: Ctx, country: string): Promise<CountryList> {
  const actor = getSessionActorOrThrow(ctx)
  assertRecentlyVerified(ctx)
  await mutate(ctx, {
    action: 'country.confirm',
    permission: 'self',
    target: userTarget(actor),
    run: (op) => op.commit([confirmCountry(ctx.db, actor.id, country, ctx.clock.now())], { after: { country } }),
  })
  return listCountries(ctx)
}

/** Trusts it no longer. @throws `not_found`. */
export async function forgetOwnCountry(ctx: Ctx, country: string): Promise<CountryList> {
  const actor = getSessionActorOrThrow(ctx)
  const known = await selectCountries(ctx.db, actor.id)
  if (!known.some((row) => row.country === country && row.confirmedAt !== null)) throw notFound('Country')
  await mutate(ctx, {
    action: 'country.forget',
    permission: 'self',
    target: userTarget(actor),
    run: (op) => op.commit(forgetCountry(ctx.db, actor.id, country), { before: { country } }),
  })
  return listCountries(ctx)
}
