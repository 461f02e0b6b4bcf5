import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible } from './support/accessibility.ts'
import { changeDatabase } from './support/change-database.ts'
import { runCommand } from './support/command.ts'
import { openBrowser, type Device } from './support/devices.ts'
import { openFleet, setUpOwner } from './support/owner.ts'
import { startProduct, type Product } from './support/product.ts'
import { wordsOf, type Locale } from './support/words.ts'

const words = wordsOf('en')
let browser: Awaited<ReturnType<typeof openBrowser>>
let product: Product
let owner: Device

beforeAll(async () => {
  browser = await openBrowser()
  product = await startProduct()
  owner = await browser.newDesktop()
  await setUpOwner(owner, product, words)
  await openFleet(owner, words)
})
afterAll(async () => {
  await product?.stop()
  await browser?.close()
})

/** A guest who has come in by an invitation. */
async function invite(guest: Device): Promise<void> {
  const made = await owner.context.request.post(`${product.origin}/api/v1/users`, {
    data: { name: 'Grace Guest', email: 'grace@example.com', role: 'VIEWER' },
    headers: { origin: product.origin },
  })
  const { link } = (await made.json()) as { link: string }
  await guest.page.goto(link)
  await guest.page.getByRole('button', { name: words('setup_create_passkey') }).click()
  await guest.page.getByText(words('auth_codes_kept')).click()
  const connected = guest.page.waitForEvent('websocket')
  await guest.page.getByRole('button', { name: words('setup_continue') }).click()
  await guest.page.waitForURL('**/servers**')
  await connected
}

const overflow = ({ page }: Device) =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)

/** The same person, in another look. */
async function look(name: string, locale: Locale, colorScheme: 'light' | 'dark', phone: boolean, path: string) {
  const device = await browser[phone ? 'newPhone' : 'newDesktop']({ locale, colorScheme, passkeysOf: owner })
  try {
    await device.authenticator.setPresent(true)
    await device.authenticator.catchUp()
    await device.page.goto(product.origin + path)
    await device.page.locator('#page-title').waitFor()
    await device.page.getByRole('main').getByRole('listitem').first().waitFor()
    await device.screenshot(name)
    expect(await overflow(device)).toBe(false)
    await expectAccessible(device.page)
    // Whoever is not signed in yet is told so.
    expect(device.problems.filter((problem) => !problem.includes('401'))).toEqual([])
  } finally {
    await device.close()
  }
}

test('a rule that strikes suspends at once, and the owner is told in the open dashboard', async () => {
  const guest = await browser.newPhone()
  try {
    await invite(guest)
    const { page } = owner
    expect(await guest.page.getByRole('link', { name: words('protection_bell') }).count()).toBe(0)
    for (let i = 0; i < 20; i++) {
      expect((await guest.context.request.get(`${product.origin}/api/v1/users`)).status()).toBe(403)
    }
    await page.getByText(words('protection_kind_refusals')).waitFor()
    await page.getByRole('link', { name: words('protection_bell_count', { count: '1' }) }).waitFor()
    await owner.screenshot('protection-toast')
    await guest.page.waitForURL('**/sign-in**')

    await page.getByRole('button', { name: words('protection_show') }).click()
    await page.waitForURL('**/alerts')
    await page.getByText(words('protection_outcome_suspended')).waitFor()
    await page.getByText('Grace Guest').first().waitFor()
    await expectAccessible(page)
    await owner.screenshot('protection-alerts')
    await look('protection-alerts-phone-dark', 'en', 'dark', true, '/alerts')
    await look('protection-alerts-arabic', 'ar', 'light', false, '/alerts')
    await page
      .getByRole('main')
      .getByRole('link', { name: words('protection_see_person') })
      .click()
    await page.getByText(words('team_status_suspended')).first().waitFor()

    await page.goto(`${product.origin}/alerts`)
    await page.getByRole('button', { name: words('protection_acknowledge'), exact: true }).click()
    await page.getByText(words('protection_none_unread')).waitFor()
    await page.getByRole('link', { name: words('protection_bell'), exact: true }).waitFor()
    expect(owner.problems).toEqual([])
  } catch (error) {
    await owner.screenshot('protection-failed')
    throw error
  } finally {
    await guest.close()
  }
})

test('an owner chooses what follows, cannot lock themselves out, and is let in again by the command', async () => {
  const { page } = owner
  await page.goto(`${product.origin}/settings/protection`)
  const rule = page.getByRole('group', { name: words('protection_rule_refusals') })
  await rule.getByText(words('protection_reaction_alert'), { exact: true }).click()
  const outside = page.getByRole('group', { name: words('protection_outside_rule') })
  await outside.getByText(words('protection_reaction_alert'), { exact: true }).click()
  await page.getByRole('button', { name: words('ui_save') }).click()
  await page.getByText(words('protection_saved')).waitFor()
  await owner.screenshot('protection-settings')
  await expectAccessible(page)

  await page.getByLabel(words('protection_addresses_label')).fill('203.0.113.0/24')
  await page.getByRole('button', { name: words('ui_save') }).click()
  await page.getByText(words('protection_addresses_lock_out')).waitFor()
  await owner.screenshot('protection-lock-out')
  await look('protection-settings-phone-dark', 'en', 'dark', true, '/settings/protection')
  await look('protection-settings-arabic-phone', 'ar', 'light', true, '/settings/protection')

  changeDatabase(product, `UPDATE protection_settings SET owner_allowlist = '["203.0.113.0/24"]' WHERE id = 1;`)
  const me = () => owner.context.request.get(`${product.origin}/api/v1/me`)
  const refused = await me()
  expect(refused.status()).toBe(403)
  expect(await refused.json()).toMatchObject({ error: { code: 'ip_not_allowed' } })
  const cleared = await runCommand('allowlist', ['--dir', product.dir, '--clear'])
  expect(cleared.output).toContain('Owners may work from any address again')
  expect((await me()).status()).toBe(200)
  expect((await runCommand('allowlist', ['--dir', product.dir, '--clear'])).code).not.toBe(0)
})

test('what was done past WebNova is told to the owner who chose so, and leads to the record of it', async () => {
  const { page } = owner
  await page.goto(`${product.origin}/settings/protection`)
  const outside = page.getByRole('group', { name: words('protection_outside_rule') })
  await outside.getByRole('radio', { name: words('protection_reaction_alert'), checked: true }).waitFor()
  changeDatabase(
    product,
    `INSERT INTO alerts (id, at, kind, severity, facts, operation_id) VALUES ('alt_outside', ${Date.now()},
     'outside_change', 'warning', '{"accountId":"acc_1","account":"Shop","target":"web-1","command":"reset_server","count":2,"outcome":"alerted"}', 'opr_1');`,
  )
  await page.goto(`${product.origin}/alerts`)
  await page.getByText(words('protection_kind_outside_change')).waitFor()
  await page
    .getByText(
      words('protection_fact_outside_change', {
        project: 'Shop',
        target: 'web-1',
        command: 'reset_server',
        count: '2',
      }),
    )
    .waitFor()
  await owner.screenshot('protection-outside')
  await expectAccessible(page)
  await page.getByRole('link', { name: words('protection_see_outside') }).click()
  await page.waitForURL('**/activity?action=outside')
  await page
    .getByRole('combobox')
    .filter({ hasText: words('audit_outside') })
    .waitFor()
})

test('the files of the dashboard go out with the strict headers', async () => {
  for (const path of ['/', '/servers', '/first-paint.js', '/favicon.svg']) {
    const { headers } = await fetch(`${product.origin}${path}`)
    expect([path, headers.get('content-security-policy')]).toEqual([path, "frame-ancestors 'none'"])
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  }
})
