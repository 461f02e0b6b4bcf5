import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './support/accessibility.ts'
import { changeDatabase } from './support/change-database.ts'
import { openBrowser, type Device } from './support/devices.ts'
import { claimInstance } from './support/owner.ts'
import { startProduct, type Product } from './support/product.ts'
import { wordsOf, type Locale } from './support/words.ts'

let browser: Awaited<ReturnType<typeof openBrowser>>
let product: Product
let desktop: Device
const words = wordsOf('en')

beforeAll(async () => {
  browser = await openBrowser()
  product = await startProduct()
  desktop = await browser.newDesktop()
  await claimInstance(desktop, product, words)
})
afterAll(async () => {
  await product?.stop()
  await browser?.close()
})

/** The API as the signed-in person of a device uses it. */
const read = async <Body>(device: Device, path: string): Promise<Body> =>
  (await (await device.context.request.get(`${product.origin}/api/v1${path}`)).json()) as Body

/** Another device of the same person, with the same synced passkey; the browser offers it, and they take it. */
async function signIn(device: Device, path: string): Promise<void> {
  await device.authenticator.setPresent(true)
  await device.authenticator.catchUp()
  await device.page.goto(product.origin + path)
  await device.page.locator('#page-title').waitFor()
}
const open = async (path: string) => {
  await desktop.page.goto(product.origin + path)
  await desktop.page.getByRole('navigation', { name: words('settings_tabs') }).waitFor()
}
const scheme = ({ page }: Device) => page.evaluate(() => document.documentElement.classList.contains('dark'))
const menuOf = (device: Device, name: string) =>
  device.page.getByRole('main').getByRole('listitem').filter({ hasText: name }).getByRole('button')

describe('profile and appearance', () => {
  test('the name changes everywhere; the email cannot', async () => {
    await open('/settings')
    const { page } = desktop
    expect(await page.getByLabel(words('settings_email')).getAttribute('readonly')).not.toBeNull()
    await page.getByLabel(words('settings_name')).fill('Ada Lovelace')
    await page.getByRole('button', { name: words('ui_save') }).click()
    await page.getByRole('button', { name: words('shell_user_menu', { name: 'Ada Lovelace' }) }).waitFor()
    await page.reload()
    await page.getByRole('button', { name: words('shell_user_menu', { name: 'Ada Lovelace' }) }).waitFor()
  })

  test('the theme is applied at once, before the first paint after a reload, and on the next device', async () => {
    await open('/settings')
    const { page } = desktop
    const saved = page.waitForResponse((response) => response.request().method() === 'PATCH' && response.ok())
    await page.getByText(words('shell_theme_dark'), { exact: true }).click()
    await page.waitForFunction(() => document.documentElement.classList.contains('dark'))
    await saved
    await page.goto(`${product.origin}/settings`, { waitUntil: 'commit' })
    await page.waitForSelector('body', { state: 'attached' })
    expect(await scheme(desktop)).toBe(true)

    const phone = await browser.newPhone({ passkeysOf: desktop })
    await signIn(phone, '/settings')
    await phone.page.waitForFunction(() => document.documentElement.classList.contains('dark'))
    await phone.close()
    await open('/settings')
    await page.getByText(words('shell_theme_light'), { exact: true }).click()
    await page.waitForFunction(() => !document.documentElement.classList.contains('dark'))
  })

  test('the language is applied at once, kept, and follows to the next device', async () => {
    await open('/settings')
    const { page } = desktop
    await page.getByRole('radio', { name: 'العربية' }).click()
    await page.getByText(wordsOf('ar')('settings_appearance_text')).waitFor()
    expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual([
      'ar',
      'rtl',
    ])

    const phone = await browser.newPhone({ passkeysOf: desktop })
    await signIn(phone, '/settings')
    await phone.page.getByText(wordsOf('ar')('settings_appearance_text')).waitFor()
    await phone.close()
    await page.getByRole('radio', { name: 'English' }).click()
    await page.getByText(words('settings_appearance_text')).waitFor()
  })
})

describe('passkeys', () => {
  test('another one is added after the present one was proven again', async () => {
    changeDatabase(product, 'UPDATE sessions SET verified_at = 1;')
    await desktop.authenticator.catchUp()
    const { page, authenticator } = desktop
    await open('/settings/security')
    await page.getByText(words('settings_passkey_second_title')).waitFor()

    // The second passkey is made on another device: after the proof, this one holds none.
    const seen: string[] = []
    await page.route('**/api/v1/me/passkeys/begin', async (route) => {
      if (seen.length > 0) await authenticator.clear()
      seen.push(route.request().url())
      await route.continue()
    })
    const proven = page.waitForResponse('**/session/step-up/finish')
    await page.getByRole('button', { name: words('settings_passkey_add') }).click()
    await page.getByLabel(words('settings_passkey_name')).fill('Blue key')
    await page.getByRole('button', { name: words('settings_passkey_create') }).click()
    expect((await proven).status()).toBe(200)
    await page.getByRole('main').getByRole('listitem').filter({ hasText: 'Blue key' }).waitFor()
    await page.unroute('**/api/v1/me/passkeys/begin')
    expect(seen).toHaveLength(2)
    expect(await page.getByText(words('settings_passkey_second_title')).count()).toBe(0)
  })

  test('a proof that is not given changes nothing and says so', async () => {
    changeDatabase(product, 'UPDATE sessions SET verified_at = 1;')
    await desktop.authenticator.catchUp()
    const { page, authenticator } = desktop
    await authenticator.setVerified(false)
    await open('/settings/security')
    await page.getByRole('button', { name: words('settings_codes_new') }).click()
    await page
      .getByRole('alertdialog')
      .getByRole('button', { name: words('settings_codes_new') })
      .click()
    await page.getByRole('alertdialog').getByText(words('error_step_up_required')).waitFor()
    await page.getByRole('alertdialog').getByText(words('auth_passkey_not_allowed')).waitFor()
    await expectAccessible(page)
    await authenticator.setVerified(true)
    await page.getByRole('button', { name: words('ui_cancel') }).click()
    const status = await read<{ remaining: number }>(desktop, '/me/recovery-codes')
    expect(status.remaining).toBe(10)
  })

  test('it is renamed and removed, and the last one is kept with the reason', async () => {
    const { page } = desktop
    await open('/settings/security')
    await menuOf(desktop, 'Blue key').click()
    await page.getByRole('menuitem', { name: words('settings_rename') }).click()
    await page.getByRole('dialog').getByLabel(words('settings_passkey_name')).fill('Red key')
    await page.getByRole('button', { name: words('ui_save') }).click()
    await page.getByRole('main').getByRole('listitem').filter({ hasText: 'Red key' }).waitFor()

    await menuOf(desktop, 'Chrome').click()
    await page.getByRole('menuitem', { name: words('settings_remove') }).click()
    await page.getByRole('alertdialog').getByText(words('settings_passkey_remove_effect')).waitFor()
    await expectAccessible(page)
    await page
      .getByRole('alertdialog')
      .getByRole('button', { name: words('settings_remove') })
      .click()
    await page.getByRole('main').getByRole('listitem').filter({ hasText: 'Chrome' }).waitFor({ state: 'detached' })

    await menuOf(desktop, 'Red key').click()
    const remove = page.getByRole('menuitem', { name: words('settings_remove') })
    expect(await remove.innerText()).toContain(words('settings_passkey_last_reason'))
    expect(await remove.getAttribute('aria-disabled')).toBe('true')
    await remove.click({ force: true })
    expect(await page.getByRole('alertdialog').count()).toBe(0)
    await page.keyboard.press('Escape')
  })
})

describe('recovery codes', () => {
  test('few left are warned of; new ones are shown once and replace them', async () => {
    const { page } = desktop
    changeDatabase(product, 'DELETE FROM recovery_codes WHERE rowid NOT IN (SELECT rowid FROM recovery_codes LIMIT 2);')
    await open('/settings/security')
    await page.getByText(words('settings_codes_few_title')).waitFor()
    await page.getByRole('button', { name: words('settings_codes_new') }).click()
    await page
      .getByRole('alertdialog')
      .getByRole('button', { name: words('settings_codes_new') })
      .click()
    const codes = page.locator('#recovery-codes ol > li')
    await codes.first().waitFor()
    expect(await codes.count()).toBe(10)
    await expectAccessible(page)
    const done = page.getByRole('button', { name: words('settings_codes_done') })
    expect(await done.isDisabled()).toBe(true)
    await page.getByText(words('auth_codes_kept')).click()
    await done.click()
    await page.getByText(words('settings_codes_left', { count: 10, total: 10 })).waitFor()
    expect(await codes.count()).toBe(0)
  })
})

describe('sessions', () => {
  test('ending another device’s session takes its open page to the sign-in, and back afterwards', async () => {
    const phone = await browser.newPhone({ passkeysOf: desktop })
    await signIn(phone, '/settings/about')
    await open('/settings/sessions')
    const { page } = desktop
    const row = page
      .getByRole('main')
      .getByRole('listitem')
      .filter({ hasNotText: words('settings_session_current') })
      .filter({ hasText: 'Linux' })
    await row.first().getByRole('button').click()
    await page.getByRole('menuitem', { name: words('settings_rename') }).click()
    await page.getByRole('dialog').getByLabel(words('settings_session_name')).fill('Phone in the train')
    await page.getByRole('button', { name: words('ui_save') }).click()
    await page.getByRole('main').getByRole('listitem').filter({ hasText: 'Phone in the train' }).waitFor()

    await phone.authenticator.setPresent(false)
    await menuOf(desktop, 'Phone in the train').click()
    await page.getByRole('menuitem', { name: words('settings_session_end') }).click()
    await page
      .getByRole('alertdialog')
      .getByRole('button', { name: words('settings_session_end') })
      .click()
    await page
      .getByRole('main')
      .getByRole('listitem')
      .filter({ hasText: 'Phone in the train' })
      .waitFor({ state: 'detached' })

    await phone.page.waitForURL('**/sign-in?**')
    await phone.page.getByText(words('auth_ended_title')).waitFor()
    await expectAccessible(phone.page)
    await phone.screenshot('session-ended')
    await phone.authenticator.catchUp()
    await phone.authenticator.setPresent(true)
    await phone.page.reload()
    await phone.page.locator('#page-title').waitFor()
    expect(new URL(phone.page.url()).pathname).toBe('/settings/about')
    await phone.close()
  })

  test('all others end together, and this one stays', async () => {
    const phone = await browser.newPhone({ passkeysOf: desktop })
    await signIn(phone, '/settings')
    await phone.authenticator.setPresent(false)
    await open('/settings/sessions')
    const { page } = desktop
    await page.getByRole('button', { name: words('settings_sessions_others') }).click()
    await page
      .getByRole('alertdialog')
      .getByRole('button', { name: words('settings_sessions_others') })
      .click()
    await phone.page.waitForURL('**/sign-in?**')
    await phone.close()
    await expect.poll(() => page.locator('#sessions li').count()).toBe(1)
    await page.getByText(words('settings_session_current')).waitFor()
  })

  test('signing out everywhere ends this one too, without calling it an accident', async () => {
    await open('/settings/sessions')
    const { page, authenticator } = desktop
    await authenticator.setPresent(false)
    await page.getByRole('button', { name: words('settings_sessions_all'), exact: true }).click()
    await page
      .getByRole('alertdialog')
      .getByRole('button', { name: words('settings_sessions_all'), exact: true })
      .click()
    await page.getByRole('button', { name: words('auth_use_passkey') }).waitFor()
    expect(await page.getByText(words('auth_ended_title')).count()).toBe(0)
    expect(page.url()).toBe(`${product.origin}/sign-in`)
    await signIn(desktop, '/settings')
  })
})

const views = [
  ['on a desktop, in English', 'en', () => browser.newDesktop({ passkeysOf: desktop })],
  ['on a phone, in English, dark', 'en', () => browser.newPhone({ passkeysOf: desktop, colorScheme: 'dark' })],
  [
    'on a desktop, in Arabic, dark',
    'ar',
    () => browser.newDesktop({ passkeysOf: desktop, locale: 'ar', colorScheme: 'dark' }),
  ],
  ['on a phone, in Arabic', 'ar', () => browser.newPhone({ passkeysOf: desktop, locale: 'ar' })],
] as const satisfies readonly (readonly [string, Locale, () => Promise<Device>])[]

describe.each(views)('every settings page %s', (name, locale, newDevice) => {
  test('is accessible and fits its screen', async () => {
    // The device's own language and theme count only while the account has none.
    changeDatabase(product, "UPDATE users SET locale = NULL, theme = 'system';")
    const device = await newDevice()
    const { page } = device
    await signIn(device, '/settings')
    for (const tab of ['', '/security', '/sessions', '/about']) {
      await page.goto(`${product.origin}/settings${tab}`)
      await page.locator('main section').first().waitFor()
      await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
      await expectAccessible(page)
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
      await device.screenshot(`settings${tab.replace('/', '-')} ${name}`.replaceAll(/[ ,]+/g, '-'))
    }
    expect(await page.evaluate(() => document.documentElement.dir)).toBe(locale === 'ar' ? 'rtl' : 'ltr')
    expect(device.problems.filter((problem) => !problem.includes('401'))).toEqual([])
    await device.close()
  })
})
