import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible } from './support/accessibility.ts'
import { changeDatabase } from './support/change-database.ts'
import { openBrowser, type Device } from './support/devices.ts'
import { openFleet, setUpOwner, signInByPasskey } from './support/owner.ts'
import { startProduct, type Product } from './support/product.ts'
import { wordsOf, type Locale } from './support/words.ts'

const words = wordsOf('en')
let browser: Awaited<ReturnType<typeof openBrowser>>
let product: Product
let owner: Device
/** Whoever joined so far, by name. */
const guests = new Map<string, Device>()
let servers: { id: string; name: string }[]

beforeAll(async () => {
  browser = await openBrowser()
  product = await startProduct()
  owner = await browser.newDesktop()
  await setUpOwner(owner, product, words)
  await openFleet(owner, words)
  servers = await owner.page.evaluate(async () => {
    const answer = (await (await fetch('/api/v1/servers?sort=name&limit=5')).json()) as { items: typeof servers }
    return answer.items.map(({ id, name }) => ({ id, name }))
  })
})
afterAll(async () => {
  for (const device of [owner, ...guests.values()]) await device.close()
  await browser.close()
  await product.stop()
})

/** Invites somebody and lets them in by their own passkey. */
async function join(name: string, role: string): Promise<Device> {
  const { page } = owner
  await page.goto(`${product.origin}/team`)
  await page.getByRole('button', { name: words('team_invite'), exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(words('team_invite_name')).fill(name)
  await dialog.getByLabel(words('team_invite_email')).fill(`${name.toLowerCase()}@example.com`)
  await dialog.getByLabel(words('settings_role'), { exact: true }).click()
  await page.getByRole('option', { name: new RegExp(`^${words(role)}`) }).click()
  await page.getByRole('button', { name: words('team_invite_create') }).click()
  const link = await page.getByText('/invite#token=').innerText()
  await page.getByRole('button', { name: words('team_done') }).click()
  const guest = await browser.newDesktop()
  guests.set(name, guest)
  await guest.page.goto(link)
  await guest.page.getByRole('button', { name: words('setup_create_passkey') }).click()
  await guest.page.getByText(words('auth_codes_kept')).click()
  await guest.page.getByRole('button', { name: words('setup_continue') }).click()
  await guest.page.waitForURL('**/servers**')
  return guest
}

/** What lies beyond the edges of the screen; the frame clips it, so that nothing scrolls there. */
const outside = (page: Page): Promise<string[]> =>
  page
    .locator('main section, main li, main button')
    .evaluateAll((all) =>
      all
        .filter((one) => one.getBoundingClientRect().left < 0 || one.getBoundingClientRect().right > innerWidth)
        .map((one) => one.textContent.trim().slice(0, 60)),
    )

async function openPerson(name: string): Promise<void> {
  await owner.page.goto(`${product.origin}/team`)
  await owner.page.getByRole('link', { name }).click()
  await owner.page.getByText(words('access_rules_hint')).waitFor()
}

test('somebody who was given one server sees exactly that one', async () => {
  const guest = await join('Uma', 'settings_role_user')
  const [mine, other] = servers
  if (!mine || !other) throw new Error('The simulator has too few servers.')
  await guest.page.getByText(words('access_nothing')).waitFor()
  await expectAccessible(guest.page)
  await guest.screenshot('access-nothing')
  const links = () =>
    guest.page
      .getByRole('navigation', { name: words('shell_navigation') })
      .first()
      .getByRole('link')
      .allInnerTexts()
  expect((await links()).join(' ')).not.toContain(words('shell_servers'))

  await openPerson('Uma')
  const { page } = owner
  await page.getByText(words('access_rules_none')).waitFor()
  await page.getByRole('button', { name: words('access_add') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: words('audit_server_search') }).fill(mine.name)
  await page.getByRole('option', { name: mine.name }).first().click()
  await dialog.getByText(words('permission_servers_read')).click()
  await dialog.getByRole('textbox', { name: words('access_note') }).fill('Runs the shop')
  await expectAccessible(page)
  await owner.screenshot('access-add')
  await dialog.getByRole('button', { name: words('access_add') }).click()
  await page.getByText('Runs the shop').waitFor()
  await page.getByText(words('access_why_no_role')).waitFor()
  await expectAccessible(page)
  await owner.screenshot('access-person')

  // It appears by itself: the hub has the page ask again.
  await guest.page.getByRole('link', { name: mine.name }).first().waitFor()
  expect(await guest.page.locator('main [role="row"][data-index]').count()).toBe(1)
  const offered = (await links()).join(' ')
  expect(offered).toContain(words('shell_servers'))
  for (const hidden of ['shell_costs', 'shell_projects', 'shell_team']) expect(offered).not.toContain(words(hidden))
  await guest.screenshot('access-one-server')
  await guest.page.goto(`${product.origin}/servers/${mine.id}/access`)
  await guest.page.getByText(words('access_why_rule')).waitFor()
  expect(await guest.page.getByText(words('access_holders')).count()).toBe(0)
  await expectAccessible(guest.page)
  await guest.screenshot('access-server-mine')
  await guest.page.goto(`${product.origin}/servers/${other.id}`)
  await guest.page.getByText(words('error_not_found')).first().waitFor()
  await guest.page.goto(`${product.origin}/activity`)
  await guest.page.getByText(words('access_your_activity')).waitFor()
  await guest.page.getByText(words('audit_user_invite_accept')).first().waitFor()
  await expectAccessible(guest.page)
  await guest.screenshot('access-own-activity')
  expect(guest.problems.filter((problem) => !problem.includes('404'))).toEqual([])

  await page.goto(`${product.origin}/servers/${mine.id}/access`)
  await page.getByText(words('access_holders')).waitFor()
  await page.getByRole('link', { name: 'Uma' }).waitFor()
  await expectAccessible(page)
  await owner.screenshot('access-server-holders')

  await openPerson('Uma')
  const scope = words('access_on_server', { name: mine.name })
  await page.getByRole('button', { name: words('access_remove_named', { scope }) }).click()
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: words('access_remove') })
    .click()
  await page.getByText(words('access_rules_none')).waitFor()
  await guest.page.goto(`${product.origin}/servers`)
  await guest.page.getByText(words('access_nothing')).waitFor()
  expect(owner.problems).toEqual([])
})

test('a viewer sees the power buttons but cannot use them, and is told why', async () => {
  const { page } = await join('Vera', 'settings_role_viewer')
  await page.goto(`${product.origin}/servers/${servers[0]?.id ?? ''}`)
  const button = page.locator('main button[aria-disabled="true"]').first()
  await button.waitFor()
  await button.focus()
  await page
    .getByText(words('ui_needs_permission', { permission: 'servers:power' }))
    .first()
    .waitFor()
  await openPerson('Vera')
  const power = owner.page.getByRole('switch', { name: words('permission_servers_power') })
  await expect(power.isDisabled()).resolves.toBe(true)
  await owner.page.getByText(words('access_viewer_reads')).first().waitFor()
  await owner.screenshot('access-viewer-permissions')
})

test('power is offered on the servers it was given for, and on no other', async () => {
  const { page } = await join('Paul', 'settings_role_user')
  const [mine, other] = servers
  if (!mine || !other) throw new Error('The simulator has too few servers.')
  const given = await owner.page.evaluate(
    async ([mineId, otherId]) => {
      const { items } = (await (await fetch('/api/v1/users')).json()) as { items: { id: string; name: string }[] }
      const paul = items.find(({ name }) => name === 'Paul')?.id ?? ''
      const give = async (permissions: string[], serverId = '') =>
        (
          await fetch(`/api/v1/users/${paul}/grants`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ effect: 'allow', permissions, scope: { kind: 'server', serverId } }),
          })
        ).status
      return [await give(['servers:read', 'servers:power'], mineId), await give(['servers:read'], otherId)]
    },
    [mine.id, other.id],
  )
  expect(given).toEqual([201, 201])
  for (const [server, disabled] of [
    [mine, null],
    [other, 'true'],
  ] as const) {
    await page.goto(`${product.origin}/servers/${server.id}`)
    const reboot = page.getByRole('button', { name: words('servers_reboot'), exact: true }).first()
    await reboot.waitFor()
    expect([server.name, await reboot.getAttribute('aria-disabled')]).toEqual([server.name, disabled])
  }
})

test('an admin finds no place for a token and nothing that governs people', async () => {
  const { page } = await join('Adam', 'settings_role_admin')
  await page.goto(`${product.origin}/projects`)
  await page
    .getByText(product.projects[0]?.name ?? '')
    .first()
    .waitFor()
  expect(await page.getByLabel(words('accounts_token')).count()).toBe(0)
  await page.goto(`${product.origin}/team`)
  await page.getByRole('link', { name: 'Vera' }).click()
  await page.getByText(words('access_rules_hint')).waitFor()
  for (const governing of ['team_suspend', 'team_ban', 'team_role_change', 'access_add']) {
    expect(await page.getByRole('button', { name: words(governing), exact: true }).count(), governing).toBe(0)
  }
  for (const one of await page.getByRole('switch').all()) await expect(one.isDisabled()).resolves.toBe(true)
  await expectAccessible(page)
})

test('an owner opens the key of somebody else, sees what it may do, and can only end it', async () => {
  const secret = await guests.get('Adam')?.page.evaluate(async () => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' } }
    const body = JSON.stringify({ name: 'Deploy', permissions: ['servers:read'] })
    const made = (await (await fetch('/api/v1/me/api-keys', { ...init, body })).json()) as { secret: string }
    return made.secret
  })
  const use = async () =>
    (await fetch(`${product.origin}/api/v1/servers`, { headers: { authorization: `Bearer ${secret}` } })).status
  expect(await use()).toBe(200)
  const { page } = owner
  await page.goto(`${product.origin}/team/keys`)
  await page.getByRole('link', { name: 'Deploy' }).click()
  await page.getByText(words('keys_scope_everything_theirs')).waitFor()
  await page.getByRole('main').getByRole('link', { name: 'Adam' }).waitFor()
  expect(await page.getByRole('button', { name: words('keys_narrow'), exact: true }).count()).toBe(0)
  expect(await page.getByText(words('keys_tools'), { exact: true }).count()).toBe(0)
  await expectAccessible(page)
  await owner.screenshot('access-key-of-somebody')
  await page.getByRole('button', { name: words('keys_actions', { name: 'Deploy' }) }).click()
  await page.getByRole('menuitem', { name: words('keys_revoke') }).waitFor()
  expect(await page.getByRole('menuitem').allInnerTexts()).toEqual([words('keys_activity'), words('keys_revoke')])
  await page.getByRole('menuitem', { name: words('keys_revoke') }).click()
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: words('keys_revoke') })
    .click()
  await page.getByText(words('keys_state_revoked'), { exact: true }).waitFor()
  expect(await use()).toBe(401)
})

test('what somebody has not used for 90 days is taken back with one button', async () => {
  changeDatabase(product, "UPDATE users SET updated_at = 0 WHERE name = 'Adam'")
  await openPerson('Adam')
  const { page } = owner
  const create = page.getByRole('switch', { name: words('permission_servers_create') })
  await page.getByText(words('access_for_tools'), { exact: true }).click()
  await expect(create.isChecked()).resolves.toBe(true)
  await expectAccessible(page)
  await owner.screenshot('access-unused')
  await page.getByRole('button', { name: words('access_unused_take') }).click()
  await page.getByText(words('access_unused_taken', { name: 'Adam' })).waitFor()
  await page.getByText(words('access_unused_text')).waitFor({ state: 'detached' })
  await expect(create.isChecked()).resolves.toBe(false)
  const read = page.getByRole('switch', { name: words('permission_accounts_read') })
  await expect(read.isChecked()).resolves.toBe(true)
})

test.each<{ name: string; device: 'newPhone' | 'newDesktop'; locale: Locale; colorScheme: 'light' | 'dark' }>([
  { name: 'phone-light-en', device: 'newPhone', locale: 'en', colorScheme: 'light' },
  { name: 'phone-dark-ar', device: 'newPhone', locale: 'ar', colorScheme: 'dark' },
  { name: 'desktop-dark-en', device: 'newDesktop', locale: 'en', colorScheme: 'dark' },
  { name: 'desktop-light-ar', device: 'newDesktop', locale: 'ar', colorScheme: 'light' },
])('its pages are readable and accessible: $name', async ({ name, device: kind, locale, colorScheme }) => {
  const say = wordsOf(locale)
  const device = await browser[kind]({ locale, colorScheme, passkeysOf: owner })
  try {
    const { page } = device
    await signInByPasskey(device, product)
    await page.goto(`${product.origin}/team`)
    await page.getByRole('link', { name: 'Uma' }).click()
    await page.getByText(say('access_rules_hint')).waitFor()
    await page.waitForLoadState('networkidle')
    await expectAccessible(page)
    expect(await outside(page)).toEqual([])
    await device.screenshot(`access-person-${name}`)
    await page.getByText(say('access_check_hint')).scrollIntoViewIfNeeded()
    await device.screenshot(`access-check-${name}`)
    await page.getByRole('button', { name: say('access_add') }).click()
    await page.getByRole('dialog').getByText(say('permission_servers_read')).waitFor()
    await expectAccessible(page)
    await device.screenshot(`access-add-${name}`)
    await page.goto(`${product.origin}/servers/${servers[0]?.id ?? ''}/access`)
    await page.getByText(say('access_holders')).waitFor()
    await page.waitForLoadState('networkidle')
    await expectAccessible(page)
    expect(await outside(page)).toEqual([])
    await device.screenshot(`access-server-${name}`)
  } finally {
    await device.close()
  }
})
