import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { expectAccessible } from './support/accessibility.ts'
import { openBrowser, screens, type Device } from './support/devices.ts'
import { changeDatabase } from './support/change-database.ts'
import { openFleet, setUpOwner, signInByPasskey } from './support/owner.ts'
import { startProduct, type Product } from './support/product.ts'
import { trySnippet } from './support/snippets.ts'
import { wordsOf, type Locale } from './support/words.ts'

let browser: Awaited<ReturnType<typeof openBrowser>>
let product: Product
let first: Device
let backup = ''
beforeAll(async () => {
  browser = await openBrowser()
  product = await startProduct()
  first = await browser.newDesktop()
  const words = wordsOf('en')
  await setUpOwner(first, product, words)
  await openFleet(first, words)
  const [, second] = product.projects
  const body = { provider: 'hetzner', name: second?.name, token: second?.token }
  const { id } = (await send(first, 'POST', '/accounts', body)) as { id: string }
  // Cron would read it within the minute, in the middle of what is counted below.
  const sync = async () => {
    expect(await send(first, 'POST', `/accounts/${id}/sync`, {})).toMatchObject({ result: 'complete' })
  }
  await vi.waitFor(sync, { timeout: 30_000, interval: 500 })
})
afterAll(async () => {
  await first.close()
  await browser.close()
  await product.stop()
})

const withKey = (secret: string, method: string, path: string) =>
  fetch(`${product.origin}/api/v1${path}`, { method, headers: { authorization: `Bearer ${secret}` } })

interface Fleet {
  items: { id: string; name: string; account: { id: string; name: string } }[]
}
const read = async <T>(device: Device, path: string): Promise<T> =>
  (await device.page.evaluate(async (at) => (await fetch(at)).json(), `/api/v1${path}`)) as T

/** As the dashboard sends it, past its forms. */
const send = (device: Device, method: string, path: string, body: object): Promise<unknown> =>
  device.page.evaluate(
    async ([verb, at, text]) => {
      const init = { method: verb, headers: { 'content-type': 'application/json' }, body: text }
      return (await fetch(at, init)).json() as Promise<unknown>
    },
    [method, `/api/v1${path}`, JSON.stringify(body)] as const,
  )

test('a tool key is built with a preview that tells what it then can, and each example works as copied', async () => {
  const words = wordsOf('en')
  const { page } = first
  await page.goto(`${product.origin}/settings/api-keys`)
  await page.getByText(words('keys_none_title')).waitFor()
  const { items } = await read<Fleet>(first, '/servers?sort=name&limit=100')
  const [mine, other] = items
  if (!mine || !other) throw new Error('The simulator has no servers.')
  await page.goto(`${product.origin}/settings/api-keys/new`)
  await page.getByLabel(words('keys_name'), { exact: true }).fill('hcloud')
  await page.getByRole('button', { name: words('keys_preset_power') }).click()
  await page
    .getByText(words('keys_preview_no_limit'))
    .or(page.getByText(words('keys_preview_no')))
    .first()
    .waitFor()
  await page.getByRole('combobox', { name: words('keys_scope') }).click()
  await page.getByRole('option', { name: words('access_scope_server') }).click()
  await page.getByText(words('keys_preview_incomplete')).waitFor()
  await page.getByRole('combobox', { name: words('audit_server_search') }).fill(mine.name)
  await page.getByRole('option', { name: mine.name }).first().click()
  await page.getByText(words('keys_preview_servers', { reached: '1', total: String(items.length) })).waitFor()
  await page
    .getByText(words('keys_preview_on', { name: mine.name }))
    .first()
    .waitFor()
  await page.getByText(words('keys_why_not_included')).first().waitFor()
  await page
    .getByText(words('keys_why_nothing_new'))
    .or(page.getByText(words('keys_why_not_included')))
    .first()
    .waitFor()
  await page.getByRole('combobox', { name: words('keys_gateway_project') }).click()
  await page.getByRole('option', { name: mine.account.name }).click()
  await page.getByLabel(words('keys_budget')).fill('120')
  await expectAccessible(page)
  await page.getByRole('heading', { name: words('keys_scope') }).scrollIntoViewIfNeeded()
  await first.screenshot('keys-builder-scope')
  await page.getByRole('button', { name: words('keys_create') }).scrollIntoViewIfNeeded()
  await first.screenshot('keys-builder-preview')
  await page.getByRole('button', { name: words('keys_create') }).click()
  const secret = await page.getByText(/^wn[0-9A-Za-z]{62}$/).innerText()

  for (const tool of ['hcloud', 'Terraform', 'Ansible', 'Python', 'curl']) {
    await page.getByRole('tab', { name: tool }).click()
    const text = await page.locator('pre:visible').innerText()
    const wrote = await trySnippet(tool, text, secret)
    if (wrote === null) continue
    expect([tool, wrote.includes(mine.name), wrote.includes(other.name)]).toEqual([tool, true, false])
  }
  await first.screenshot('keys-builder-made')
  await page.getByRole('button', { name: words('keys_done') }).click()
  await page.getByRole('link', { name: 'hcloud' }).click()
  await page.getByText(words('keys_usage_chart')).first().waitFor()
  await page.getByText(words('access_on_server', { name: mine.name })).waitFor()
  await page.getByText(words('keys_budget_own')).waitFor()
  await expectAccessible(page)
  await first.screenshot('keys-page')
  expect(first.problems).toEqual([])
})

test('a key that did less than it may is narrowed to what it used, in one step', async () => {
  const words = wordsOf('en')
  const { page } = first
  const { key, secret } = (await send(first, 'POST', '/me/api-keys', {
    name: 'Backup',
    permissions: ['servers:read', 'servers:power', 'servers:delete', 'images:read', 'images:manage', 'volumes:delete'],
    stepUp: 'never',
  })) as { key: { id: string }; secret: string }
  backup = key.id
  await page.goto(`${product.origin}/settings/api-keys/${key.id}`)
  await page.getByText(words('keys_usage_none')).waitFor()
  await expectAccessible(page)
  await first.screenshot('keys-page-empty')
  // One key for several projects: the address says which.
  await page.getByRole('tab', { name: 'curl' }).click()
  for (const { id, name } of (await read<{ items: { id: string; name: string }[] }>(first, '/accounts')).items) {
    await page.getByRole('combobox', { name: words('keys_tools_project') }).click()
    await page.getByRole('option', { name }).click()
    await page.locator('pre:visible').filter({ hasText: id }).waitFor()
    expect(await trySnippet('curl', await page.locator('pre:visible').innerText(), secret)).toContain('"servers"')
  }
  for (let i = 0; i < 3; i++) expect((await withKey(secret, 'GET', '/servers')).status).toBe(200)
  expect((await withKey(secret, 'GET', '/costs')).status).toBe(403)
  const day = 86_400_000
  const today = Math.floor(Date.now() / day) * day
  const past = Array.from({ length: 24 }, (_, index) => index + 3)
  changeDatabase(
    product,
    ...past.map(
      (ago) =>
        `INSERT INTO key_usage VALUES ('${key.id}', ${today - ago * day}, ${140 + ((ago * 37) % 90)}, ${ago % 6 === 0 ? 12 : 0});`,
    ),
    `INSERT INTO key_operations VALUES ('${key.id}', 'POST /servers/{id}/actions/create_image', 'images:manage', ${today - 3 * day});`,
  )
  await page.reload()
  await page.getByText(words('keys_tighten_title', { all: '6', used: '2' })).waitFor()
  await page.getByText(words('keys_usage_chart')).first().waitFor()
  await expectAccessible(page)
  await first.screenshot('keys-page-tighten')
  await page.getByRole('button', { name: words('keys_tighten_choose') }).click()
  await page.getByRole('dialog').getByText(words('keys_narrow_text')).waitFor()
  await expectAccessible(page)
  await first.screenshot('keys-narrow')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: words('ui_cancel') })
    .click()
  await page.getByRole('button', { name: words('keys_tighten'), exact: true }).click()
  await page.getByRole('alertdialog').getByText(words('keys_tighten_effect')).waitFor()
  await expectAccessible(page)
  await first.screenshot('keys-tighten-ask')
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: words('keys_tighten') })
    .click()
  await page.getByText(words('keys_narrowed', { name: 'Backup' })).waitFor()
  await page.getByText(words('keys_used_of', { used: '2', all: '2' })).waitFor()
  expect((await withKey(secret, 'GET', '/servers')).status).toBe(200)
  expect(first.problems).toEqual([])
})

test('a key is made, works, asks before it destroys something, and is ended', async () => {
  const words = wordsOf('en')
  const { page } = first
  await page.goto(`${product.origin}/settings/api-keys`)
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
  await page.getByRole('listitem').filter({ hasText: 'Terraform' }).getByText(words('keys_last_used')).waitFor()
  await expectAccessible(page)
  await first.screenshot('keys-list')

  const account = items.find(({ name }) => name === product.projects[1]?.name)
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
  await page.getByRole('link', { name: 'Terraform' }).click()
  await page.waitForURL(/\/team\/keys\/key_/)
  await page.getByText(words('keys_usage_chart'), { exact: true }).waitFor()

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
      ['/settings/api-keys/new', 'keys_preview_yes'],
      [`/settings/api-keys/${backup}`, 'keys_usage_chart'],
      ['/team/keys', 'keys_filter_all'],
      [`/team/keys/${backup}`, 'keys_usage_chart'],
    ] as const) {
      await page.goto(`${product.origin}${path}`)
      await page.getByText(words(text), { exact: true }).first().waitFor()
      await page.waitForLoadState('networkidle')
      await expectAccessible(page)
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
      await device.page.screenshot({
        path: join(screens, `keys${path.replaceAll('/', '-').replace(backup, 'one')}-${name}.png`),
        fullPage: true,
      })
    }
  } finally {
    await device.close()
  }
})
