import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { breakGlassLink } from '../../worker/cli/lib/enrolment-link.ts'
import { expectAccessible } from './support/accessibility.ts'
import { changeDatabase } from './support/change-database.ts'
import { openBrowser, type Device } from './support/devices.ts'
import { claimInstance } from './support/owner.ts'
import { startProduct, type Product } from './support/product.ts'
import { wordsOf } from './support/words.ts'

let browser: Awaited<ReturnType<typeof openBrowser>>
let product: Product
const en = wordsOf('en')
const ar = wordsOf('ar')

beforeAll(async () => {
  browser = await openBrowser()
  product = await startProduct()
})
afterAll(async () => {
  await product?.stop()
  await browser?.close()
})

/** The API as the signed-in person of a device uses it. */
const read = async <Body>(device: Device, path: string): Promise<Body> =>
  (await (await device.context.request.get(`${product.origin}/api/v1${path}`)).json()) as Body

/** Nobody at the keyboard: a prompt stays open until somebody is. */
async function visitor(newDevice: Promise<Device>): Promise<Device> {
  const device = await newDevice
  await device.authenticator.setPresent(false)
  await device.page.addInitScript(() => {
    const ask = navigator.credentials.get.bind(navigator.credentials)
    navigator.credentials.get = (options) => {
      document.documentElement.dataset['prompted'] = 'true'
      return ask(options)
    }
  })
  return device
}

/** Somebody comes only after the field's own prompt is open, and uses the button. */
async function useButton(device: Device, words: typeof en): Promise<void> {
  await device.page.waitForSelector('html[data-prompted]')
  await device.authenticator.setPresent(true)
  await device.page.getByRole('button', { name: words('auth_use_passkey') }).click()
}

async function fillOwner(device: Device, words: typeof en) {
  await device.page.getByLabel(words('setup_name')).fill('Ada Owner')
  await device.page.getByLabel(words('setup_email')).fill('ada@example.com')
  await device.page.getByRole('button', { name: words('setup_create_passkey') }).click()
}

describe('before there is an owner', () => {
  test('a visit without a link is told how to get one, by every name of the page', async () => {
    const device = await browser.newPhone({ locale: 'ar', colorScheme: 'dark' })
    const { page } = device
    for (const path of ['/sign-in', '/set-up', '/servers']) {
      await page.goto(product.origin + path)
      await page.getByText(ar('setup_no_link_title')).waitFor()
      await page.getByText('npm run setup').waitFor()
    }
    expect(await page.evaluate(() => document.documentElement.dir)).toBe('rtl')
    await expectAccessible(page)
    await device.close()
  })

  test('a visit by another name of this machine ends at the address where passkeys work, link included', async () => {
    const { page, close } = await browser.newDesktop()
    await page.goto(product.setUpLink.replace('localhost', '127.0.0.1'))
    await page.getByLabel(en('setup_name')).waitFor()
    expect(new URL(page.url()).origin).toBe(product.origin)
    expect(page.url()).not.toContain('token=')
    await close()
  })

  test('a link with a part missing is said to be of no use', async () => {
    const device = await browser.newDesktop()
    await device.page.goto(product.setUpLink.slice(0, -4))
    await fillOwner(device, en)
    await device.page.getByText(en('setup_invalid_title')).waitFor()
    await expectAccessible(device.page)
    await device.close()
  })

  test('a refused passkey prompt changes nothing, keeps what was typed, and can be repeated', async () => {
    const device = await browser.newDesktop()
    await device.authenticator.setVerified(false)
    await device.page.goto(product.setUpLink)
    await fillOwner(device, en)
    await device.page.getByRole('main').getByRole('status').first().waitFor()
    expect(await device.page.getByLabel(en('setup_name')).inputValue()).toBe('Ada Owner')
    await expectAccessible(device.page)
    await device.close()
  })

  test('an expired link says so', async () => {
    const expired = await startProduct()
    const device = await browser.newPhone()
    try {
      changeDatabase(expired, 'UPDATE enrolment_links SET expires_at = 1;')
      await device.page.goto(expired.setUpLink)
      await fillOwner(device, en)
      await device.page.getByText(en('setup_expired_title')).waitFor()
      await expectAccessible(device.page)
      await device.screenshot('set-up-expired')
    } finally {
      await device.close()
      await expired.stop()
    }
  })

  test('a page that does not reach the product says so, and goes on when it does', async () => {
    const { page, close } = await visitor(browser.newPhone())
    await page.route('**/api/v1/setup', (route) => route.abort())
    await page.goto(`${product.origin}/sign-in`)
    await page.getByText(en('error_network_down')).waitFor()
    await expectAccessible(page)
    await page.unroute('**/api/v1/setup')
    await page.getByRole('button', { name: en('ui_retry') }).click()
    await page.getByText(en('setup_no_link_title')).waitFor()
    await close()
  })
})

describe('with an owner', () => {
  let owner: Device
  let codes: string[]
  beforeAll(async () => {
    owner = await browser.newDesktop()
    codes = await claimInstance(owner, product, en)
  })
  afterAll(() => owner?.close())

  test('a used set-up link leads to the sign-in page', async () => {
    const { page, close } = await visitor(browser.newPhone())
    await page.goto(`${product.origin}/set-up#token=${'x'.repeat(43)}`)
    await page.getByText(en('setup_claimed_title')).waitFor()
    await expectAccessible(page)
    await page.getByRole('link', { name: en('auth_sign_in') }).click()
    await page.getByRole('button', { name: en('auth_use_passkey') }).waitFor()
    await close()
  })

  test.each([
    ['on a desktop, in English', 'en', () => browser.newDesktop()],
    ['on a phone, in Arabic, dark', 'ar', () => browser.newPhone({ locale: 'ar', colorScheme: 'dark' })],
  ] as const)('signs out, and signs in by passkey to where they wanted to go: %s', async (_name, locale, newDevice) => {
    const words = wordsOf(locale)
    const device = await visitor(newDevice())
    const { page } = device
    await device.authenticator.copyFrom(owner.authenticator)
    await page.goto(`${product.origin}/settings/about`)
    await page.waitForURL('**/sign-in?next=*')
    await page.getByRole('button', { name: words('auth_use_passkey') }).waitFor()
    expect(await page.getByText(words('auth_ended_title')).count()).toBe(0)
    await expectAccessible(page)
    await device.screenshot(`sign-in-${locale}`)
    await useButton(device, words)
    await page.waitForURL('**/settings/about')

    await device.authenticator.setPresent(false)
    await page.getByRole('button', { name: words('shell_user_menu', { name: 'Ada Owner' }) }).click()
    await page.getByRole('menuitem', { name: words('shell_sign_out') }).click()
    await page.getByRole('button', { name: words('auth_use_passkey') }).waitFor()
    expect(page.url()).toBe(`${product.origin}/sign-in`)
    expect(await page.getByText(words('auth_ended_title')).count()).toBe(0)
    await page.goto(`${product.origin}/servers`)
    await page.waitForURL('**/sign-in?next=*')
    expect(device.problems.filter((problem) => !problem.includes('401'))).toEqual([])
    await device.close()
  })

  test.each([
    ['stays, where the account has none of its own', 'NULL', ar],
    ['gives way to the one the account has', "'en'", en],
  ] as const)('the language chosen before signing in %s', async (_name, stored, words) => {
    changeDatabase(product, `UPDATE users SET locale = ${stored};`)
    const device = await visitor(browser.newDesktop())
    const { page } = device
    await device.authenticator.copyFrom(owner.authenticator)
    await page.goto(`${product.origin}/sign-in`)
    await page.getByRole('button', { name: en('shell_language_use', { name: 'English' }) }).click()
    await page.getByRole('menuitem', { name: 'العربية' }).click()
    await page.getByRole('button', { name: ar('auth_use_passkey') }).waitFor()
    await useButton(device, ar)
    await page.waitForURL('**/servers')
    await page.getByRole('button', { name: words('shell_user_menu', { name: 'Ada Owner' }) }).waitFor()
    await page.reload()
    await page.getByRole('button', { name: words('shell_user_menu', { name: 'Ada Owner' }) }).waitFor()
    changeDatabase(product, 'UPDATE users SET locale = NULL;')
    await device.close()
  })

  test('a prompt that is refused says so in words, and nothing else happens', async () => {
    const device = await visitor(browser.newDesktop())
    await device.authenticator.copyFrom(owner.authenticator)
    await device.authenticator.setVerified(false)
    await device.page.goto(`${product.origin}/sign-in`)
    await useButton(device, en)
    await device.page.getByText(en('auth_passkey_not_allowed')).waitFor()
    await expectAccessible(device.page)
    await device.close()
  })

  test('a recovery code lets in once, and leads to a passkey of one’s own', async () => {
    const device = await visitor(browser.newPhone())
    const { page } = device
    const useCode = async (code: string) => {
      await page.goto(`${product.origin}/sign-in`)
      await page.getByRole('button', { name: en('auth_use_recovery') }).click()
      await page.getByLabel(en('setup_email')).fill('ada@example.com')
      await page.getByLabel(en('auth_recovery_code')).fill(code)
      await expectAccessible(page)
      await page.getByRole('button', { name: en('auth_sign_in'), exact: true }).click()
    }
    await useCode(codes[0]?.toUpperCase() ?? '')
    await page.waitForURL('**/settings/security?add-passkey')
    await page.getByRole('dialog').getByText(en('settings_passkey_add_text')).waitFor()
    await expectAccessible(page)
    await page.getByLabel(en('settings_passkey_name')).fill('Phone')
    await device.authenticator.setPresent(true)
    await page.getByRole('button', { name: en('settings_passkey_create') }).click()
    await page.getByRole('main').getByRole('listitem').filter({ hasText: 'Phone' }).waitFor()
    await page.getByText(en('settings_must_add_title')).waitFor({ state: 'detached' })
    await page.getByText(en('settings_codes_left', { count: 9, total: 10 })).waitFor()
    const { items } = await read<{ items: unknown[] }>(device, '/me/passkeys')
    expect(items).toHaveLength(2)

    await device.authenticator.setPresent(false)
    await useCode(codes[0] ?? '')
    await page.getByText(en('error_sign_in_failed'), { exact: true }).waitFor()
    await device.close()
  })

  test('a break-glass link says whose it is, adds a passkey once, and is dead afterwards', async () => {
    const me = await read<{ id: string }>(owner, '/me')
    const made = breakGlassLink(me.id, { origin: product.origin })
    changeDatabase(product, ...made.statements)
    const device = await browser.newPhone({ locale: 'ar' })
    await device.page.goto(made.url)
    await device.page.getByText('ada@example.com').waitFor()
    await expectAccessible(device.page)
    await device.page.getByRole('button', { name: ar('setup_create_passkey') }).click()
    await device.page.waitForURL('**/servers**')
    await device.close()

    const late = await browser.newDesktop()
    await late.page.goto(made.url)
    await late.page.getByText(en('auth_enrol_invalid_title')).waitFor()
    await expectAccessible(late.page)
    await late.close()
  })
})
