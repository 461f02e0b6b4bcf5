import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './support/accessibility.ts'
import { openBrowser, type Device } from './support/devices.ts'
import { claimInstance } from './support/owner.ts'
import { startProduct, type Product } from './support/product.ts'
import { wordsOf, type Locale } from './support/words.ts'

interface Token {
  id: number
  project: string
  access: string
  token: string
}

let browser: Awaited<ReturnType<typeof openBrowser>>
const sizes = [
  ['on a desktop, in English', 'en', () => browser.newDesktop()],
  ['on a phone, in Arabic, dark', 'ar', () => browser.newPhone({ locale: 'ar', colorScheme: 'dark' })],
] as const satisfies readonly (readonly [string, Locale, () => Promise<Device>])[]

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

describe.each(sizes)('the projects page %s', (_name, locale, newDevice) => {
  const words = wordsOf(locale)
  let product: Product
  let device: Device
  const project = () => product.projects[0] as { name: string; token: string }
  const row = () => device.page.getByRole('main').getByRole('listitem').first()
  const choose = async (item: string) => {
    await row()
      .getByRole('button', { name: words('accounts_actions', { name: 'Shop' }) })
      .click()
    await device.page.getByRole('menuitem', { name: words(item) }).click()
  }
  const newToken = async (access: 'read' | 'read_write') =>
    (await product.control<{ token: Token }>('POST', `/projects/${project().name}/tokens`, { access })).token

  beforeAll(async () => {
    product = await startProduct()
    device = await newDevice()
    await claimInstance(device, product, words)
    await device.page.goto(`${product.origin}/projects`)
  })
  afterAll(async () => {
    await device?.close()
    await product?.stop()
  })

  test('is empty with one way on, and connects a project', async () => {
    const { page } = device
    await page.getByText(words('accounts_empty_title')).waitFor()
    await expectAccessible(page)
    await page
      .getByRole('button', { name: words('accounts_connect') })
      .last()
      .click()
    await page.getByRole('dialog').waitFor()
    await expectAccessible(page)
    await page.getByLabel(words('accounts_name'), { exact: true }).fill('Shop')
    await page.getByLabel(words('accounts_token')).fill(project().token)
    await page
      .getByRole('dialog')
      .getByRole('button', { name: words('accounts_connect'), exact: true })
      .click()
    await row().getByText(words('accounts_state_ok'), { exact: true }).waitFor()
    expect(await page.content()).not.toContain(project().token)
    await expectAccessible(page)
    await device.screenshot(`projects-${locale}`)
  })

  test('a token revoked at the provider is told with its remedy, and replaced', async () => {
    const { page } = device
    const { tokens } = await product.control<{ tokens: Token[] }>('GET', '/tokens')
    const used = tokens.find(({ token }) => token === project().token)
    await product.control('POST', `/tokens/${used?.id}/revoke`)
    await choose('accounts_sync')
    await row().getByText(words('accounts_state_revoked')).waitFor()
    await row().getByText(words('accounts_text_revoked')).waitFor()
    await expectAccessible(page)
    await device.screenshot(`projects-revoked-${locale}`)

    await row()
      .getByRole('button', { name: words('accounts_replace_token') })
      .click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(words('accounts_token')).fill(project().token)
    await dialog.getByRole('button', { name: words('ui_save') }).click()
    await dialog.getByText(words('error_new_token_rejected')).waitFor()
    await expectAccessible(page)
    const fresh = await newToken('read_write')
    await dialog.getByLabel(words('accounts_token')).fill(fresh.token)
    await dialog.getByRole('button', { name: words('ui_save') }).click()
    await row().getByText(words('accounts_state_ok'), { exact: true }).waitFor()
    await row().getByText(fresh.token.slice(-4)).waitFor()
  })

  test('a read-only token is recognised', async () => {
    const readOnly = await newToken('read')
    await choose('accounts_replace_token')
    const dialog = device.page.getByRole('dialog')
    await dialog.getByLabel(words('accounts_token')).fill(readOnly.token)
    await dialog.getByRole('button', { name: words('ui_save') }).click()
    await row().getByText(words('accounts_text_read_only')).waitFor()
  })

  test('an outage keeps what is known and is retried from here', async () => {
    await product.control('POST', '/faults', { kind: 'status', status: 503, project: project().name, times: null })
    await choose('accounts_sync')
    await row()
      .getByRole('button', { name: words('ui_retry') })
      .waitFor()
    await expectAccessible(device.page)
    await product.control('DELETE', '/faults')
    await row()
      .getByRole('button', { name: words('ui_retry') })
      .click()
    await row().getByText(words('accounts_text_read_only')).waitFor()
  })

  test('pauses, resumes and is renamed', async () => {
    const { page } = device
    await choose('accounts_pause')
    await row().getByText(words('accounts_state_paused')).waitFor()
    await expectAccessible(page)
    await row()
      .getByRole('button', { name: words('accounts_resume') })
      .click()
    await row().getByText(words('accounts_state_paused')).waitFor({ state: 'detached' })
    await choose('accounts_rename')
    await page.getByRole('dialog').getByLabel(words('accounts_name'), { exact: true }).fill('Shop')
    await page.getByRole('button', { name: words('ui_save') }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  test('is removed only by typing its name, and nothing overflows the screen on the way', async () => {
    const { page } = device
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    await choose('accounts_remove')
    const dialog = page.getByRole('alertdialog')
    const remove = dialog.getByRole('button', { name: words('accounts_remove') })
    expect(await remove.isDisabled()).toBe(true)
    await expectAccessible(page)
    await dialog.getByRole('textbox').fill('Shop')
    await remove.click()
    await page.getByText(words('accounts_empty_title')).waitFor()
    expect(device.problems.filter((problem) => !/status of (4|5)\d\d/.test(problem))).toEqual([])
  })
})
