import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible } from './support/accessibility.ts'
import { openBrowser, type Device } from './support/devices.ts'
import { openFleet, setUpOwner, signInByPasskey } from './support/owner.ts'
import { startProduct, type Product } from './support/product.ts'
import { wordsOf, type Locale } from './support/words.ts'

let browser: Awaited<ReturnType<typeof openBrowser>>
let product: Product
let first: Device
beforeAll(async () => {
  browser = await openBrowser()
  product = await startProduct()
  first = await browser.newDesktop()
  const words = wordsOf('en')
  await setUpOwner(first, product, words)
  await openFleet(first, words)
})
afterAll(async () => {
  await first.close()
  await browser.close()
  await product.stop()
})

const withKey = (secret: string, method: string, path: string) =>
  fetch(`${product.origin}/api/v1${path}`, { method, headers: { authorization: `Bearer ${secret}` } })

test('a key is made, works, asks before it destroys something, and is ended', async () => {
  const words = wordsOf('en')
  const { page } = first
  await page.goto(`${product.origin}/settings/api-keys`)
  await page.getByText(words('keys_none_title')).waitFor()
  await page.getByRole('link', { name: words('keys_new') }).click()
  await page.getByLabel(words('keys_name'), { exact: true }).fill('Terraform')
  await page.getByRole('button', { name: words('keys_preset_all') }).click()
  await expectAccessible(page)
  await first.screenshot('keys-new')
  await page.getByRole('button', { name: words('keys_create') }).click()
  const secret = await page.getByText(/^wn[0-9A-Za-z]{62}$/).innerText()
  await expectAccessible(page)
  await first.screenshot('keys-made')
  expect(page.url()).not.toContain(secret)
  await page.getByRole('button', { name: words('keys_done') }).click()
  await page.getByText(words('keys_never_used')).waitFor()
  await expect(page.getByText(secret).count()).resolves.toBe(0)

  const accounts = await withKey(secret, 'GET', '/accounts')
  const { items } = (await accounts.json()) as { items: { id: string; name: string }[] }
  await page.reload()
  await page.getByText(words('keys_last_used')).waitFor()
  await expectAccessible(page)
  await first.screenshot('keys-list')

  const account = items[0]
  if (!account) throw new Error('The simulator has no project.')
  const refused = await withKey(secret, 'DELETE', `/accounts/${account.id}`)
  const { error } = (await refused.json()) as { error: { code: string; meta: { url: string } } }
  expect([refused.status, error.code]).toEqual([403, 'approval_required'])
  await page.getByText(words('approval_toast')).waitFor()
  await page.getByRole('button', { name: words('approval_open') }).click()
  await page.waitForURL(error.meta.url)
  await page.getByText(account.name).waitFor()
  await expectAccessible(page)
  await first.screenshot('keys-approval')
  await page.getByRole('button', { name: words('approval_approve') }).click()
  await page.getByText(words('approval_approved_text')).waitFor()
  expect((await withKey(secret, 'DELETE', `/accounts/${account.id}`)).status).toBe(204)
  await page.getByText(words('approval_done_text')).waitFor()

  await page.goto(`${product.origin}/team/keys`)
  await page.getByText('Terraform').waitFor()
  await expectAccessible(page)
  await first.screenshot('keys-all')

  await page.goto(`${product.origin}/settings/api-keys`)
  const menu = page.getByRole('button', { name: words('keys_actions', { name: 'Terraform' }) })
  await menu.click()
  await page.getByRole('menuitem', { name: words('keys_rotate') }).click()
  await page.getByRole('button', { name: words('keys_rotate_action') }).click()
  const next = await page.getByText(/^wn[0-9A-Za-z]{62}$/).innerText()
  await first.screenshot('keys-rotated')
  expect((await withKey(next, 'GET', '/servers')).status).toBe(200)
  await page.getByRole('button', { name: words('keys_done') }).click()
  await menu.first().click()
  await page.getByRole('menuitem', { name: words('keys_revoke') }).click()
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: words('keys_revoke') })
    .click()
  await page.getByText(words('keys_over_text')).waitFor()
  expect((await withKey(next, 'GET', '/servers')).status).toBe(401)

  await page.goto(`${product.origin}/activity?q=`)
  await page.getByText(words('audit_account_remove')).first().click()
  await page.getByRole('link', { name: words('audit_key_only') }).waitFor()
  await first.screenshot('keys-activity')
  expect(first.problems.filter((problem) => !problem.includes('403'))).toEqual([])
})

test.each<{ name: string; device: 'newPhone' | 'newDesktop'; locale: Locale; colorScheme: 'light' | 'dark' }>([
  { name: 'phone-light-en', device: 'newPhone', locale: 'en', colorScheme: 'light' },
  { name: 'phone-dark-ar', device: 'newPhone', locale: 'ar', colorScheme: 'dark' },
  { name: 'desktop-dark-en', device: 'newDesktop', locale: 'en', colorScheme: 'dark' },
  { name: 'desktop-light-ar', device: 'newDesktop', locale: 'ar', colorScheme: 'light' },
])('its pages are readable and accessible: $name', async ({ name, device: kind, locale, colorScheme }) => {
  const words = wordsOf(locale)
  const device = await browser[kind]({ locale, colorScheme, passkeysOf: first })
  try {
    const { page } = device
    await signInByPasskey(device, product)
    for (const [path, text] of [
      ['/settings/api-keys', 'keys_text'],
      ['/settings/api-keys/new', 'keys_preset_read'],
      ['/team/keys', 'keys_filter_all'],
    ] as const) {
      await page.goto(`${product.origin}${path}`)
      await page.getByText(words(text), { exact: true }).first().waitFor()
      await page.waitForLoadState('networkidle')
      await expectAccessible(page)
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
      await device.screenshot(`keys${path.replaceAll('/', '-')}-${name}`)
    }
  } finally {
    await device.close()
  }
})
