import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../../worker/cli/lib/paths.ts'
import { expectAccessible } from './support/accessibility.ts'
import { openBrowser, type Device } from './support/devices.ts'
import { openFleet, setUpOwner } from './support/owner.ts'
import { startProduct } from './support/product.ts'
import { wordsOf, type Locale, type Words } from './support/words.ts'

let browser: Awaited<ReturnType<typeof openBrowser>>
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const sizes = [
  ['on a desktop, in English', 'en', () => browser.newDesktop()],
  ['on a phone, in English', 'en', () => browser.newPhone()],
  ['on a phone, in Arabic', 'ar', () => browser.newPhone({ locale: 'ar' })],
] as const satisfies readonly (readonly [string, Locale, () => Promise<Device>])[]

/** A power action from the server's own menu, up to its confirmation. */
async function ask({ page }: Device, words: Words, action: string, name: string): Promise<void> {
  await page
    .getByRole('main')
    .getByRole('button', { name: words('ui_actions_for', { name }) })
    .click()
  await page.getByRole('menuitem', { name: words(`servers_${action}`), exact: true }).click()
  const dialog = page.getByRole('alertdialog')
  await dialog.getByText(words(`servers_${action}_ask`, { name })).waitFor()
}

async function confirm({ page }: Device, words: Words, action: string): Promise<void> {
  const dialog = page.getByRole('alertdialog')
  await dialog.getByRole('button', { name: words(`servers_${action}`), exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
}

/** The row's link on a desktop, the whole card on a phone. */
const serverLink = ({ page }: Device, name: string) =>
  page.getByRole('link', { name: new RegExp(`^${name}\\b`) }).first()

const status = ({ page }: Device, word: string) => page.getByRole('main').getByText(word, { exact: true }).first()

describe.each(sizes)('the owner, %s', (_name, locale, newDevice) => {
  test('claims, sees the fleet, reboots and powers off, finds both on record, and comes back by passkey', async () => {
    const product = await startProduct()
    const device = await newDevice()
    const words = wordsOf(locale)
    const { page } = device
    const name = 'cache-1'
    try {
      await setUpOwner(device, product, words)
      await openFleet(device, words)
      await serverLink(device, name).waitFor()
      await expectAccessible(page)
      await device.screenshot(`main-path-servers-${locale}-${page.viewportSize()?.width}`)
      await serverLink(device, name).click()
      await page.waitForURL(/\/servers\/srv_/)
      await status(device, words('servers_status_running')).waitFor()
      await expectAccessible(page)

      await ask(device, words, 'reboot', name)
      await expectAccessible(page)
      await confirm(device, words, 'reboot')
      await status(device, words('servers_reboot_doing')).waitFor()
      await status(device, words('servers_status_running')).waitFor({ timeout: 30_000 })

      await ask(device, words, 'power_off', name)
      const button = page
        .getByRole('alertdialog')
        .getByRole('button', { name: words('servers_power_off'), exact: true })
      expect(await button.isDisabled()).toBe(true)
      await page.getByRole('alertdialog').getByRole('textbox').fill(name)
      await confirm(device, words, 'power_off')
      await status(device, words('servers_status_off')).waitFor({ timeout: 30_000 })

      await page.goto(`${product.origin}/activity`)
      for (const action of ['reboot', 'power_off']) {
        await page
          .getByText(words(`audit_server_${action}`), { exact: true })
          .first()
          .waitFor()
      }
      await expectAccessible(page)

      await page.getByRole('button', { name: words('shell_user_menu', { name: 'Ada Owner' }) }).click()
      await device.authenticator.setPresent(false)
      await page.getByRole('menuitem', { name: words('shell_sign_out') }).click()
      await page.waitForURL('**/sign-in**')
      await expectAccessible(page)
      // A prompt that is open while nobody is there stays open: somebody is, before the next one is asked for.
      await device.authenticator.setPresent(true)
      await page.getByRole('button', { name: words('auth_use_passkey') }).click()
      await page.waitForURL('**/servers**')
      await serverLink(device, name).waitFor()
      expect(device.problems).toEqual([])
    } finally {
      await device.screenshot(`main-path-end-${locale}-${page.viewportSize()?.width}`)
      await device.close()
      await product.stop()
    }
  })
})

test('the picture in the README shows the product as it is', async () => {
  const product = await startProduct()
  const device = await browser.newDesktop()
  try {
    await setUpOwner(device, product, wordsOf('en'))
    await openFleet(device, wordsOf('en'))
    await device.page.setViewportSize({ width: 1440, height: 900 })
    await device.page.getByRole('link', { name: 'cache-1', exact: true }).first().waitFor()
    const file = await device.screenshot('readme-servers')
    mkdirSync(join(root, 'docs', 'images'), { recursive: true })
    if (process.env['CI'] === undefined) copyFileSync(file, join(root, 'docs', 'images', 'servers.png'))
    expect(device.problems).toEqual([])
  } finally {
    await device.close()
    await product.stop()
  }
})
