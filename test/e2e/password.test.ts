import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { totpCode, totpStepAt } from '../../worker/features/identity/totp/code.ts'
import { expectAccessible } from './support/accessibility.ts'
import { openBrowser, type Device } from './support/devices.ts'
import { claimInstance } from './support/owner.ts'
import { startProduct, type Product } from './support/product.ts'
import { wordsOf, type Words } from './support/words.ts'

let browser: Awaited<ReturnType<typeof openBrowser>>
let product: Product
let desktop: Device
let secret = ''
const en = wordsOf('en')
const ar = wordsOf('ar')
const email = 'ada@example.com'
const password = 'four quiet words here'

beforeAll(async () => {
  browser = await openBrowser()
  product = await startProduct()
  desktop = await browser.newDesktop()
  await claimInstance(desktop, product, en)
})
afterAll(async () => {
  await product?.stop()
  await browser?.close()
})

const code = (steps = 0) => totpCode(secret, totpStepAt(Date.now()) + steps)

async function openSecurity({ page }: Device, words: Words = en) {
  await page.goto(`${product.origin}/settings/security`)
  await page.getByText(words('settings_rules'), { exact: true }).first().waitFor()
}

async function confirm({ page }: Device, button: string) {
  await page.getByRole('alertdialog').getByRole('button', { name: button }).click()
  await page.getByRole('alertdialog').waitFor({ state: 'detached' })
}

/** A browser that has no passkey of anybody, at the form for the second way in. */
async function openForm(device: Device, words: Words) {
  await device.authenticator.setPresent(false)
  await device.page.goto(`${product.origin}/sign-in`)
  await device.page.getByRole('button', { name: words('auth_use_password') }).click()
  await device.page.getByLabel(words('auth_password'), { exact: true }).waitFor()
}

async function fillForm({ page }: Device, words: Words, typed: string) {
  await page.getByLabel(words('setup_email')).fill(email)
  await page.getByLabel(words('auth_password'), { exact: true }).fill(password)
  await page.getByLabel(words('auth_password_code'), { exact: true }).fill(typed)
  await page.getByRole('button', { name: words('auth_sign_in'), exact: true }).click()
}

describe('before an owner allows passwords', () => {
  test('nobody is offered one', async () => {
    const device = await browser.newDesktop()
    await device.authenticator.setPresent(false)
    await device.page.goto(`${product.origin}/sign-in`)
    await device.page.getByRole('button', { name: en('auth_use_recovery') }).waitFor()
    expect(await device.page.getByRole('button', { name: en('auth_use_password') }).count()).toBe(0)
    await device.close()
    await openSecurity(desktop)
    expect(await desktop.page.getByText(en('settings_second_text')).count()).toBe(0)
  })
})

describe('an owner who allows passwords', () => {
  test('sets one up with an app, whose first code confirms it', async () => {
    const { page } = desktop
    await openSecurity(desktop)
    await page.getByRole('radio', { name: en('settings_rules_allowed') }).click()
    await desktop.screenshot('password-allow')
    await confirm(desktop, en('settings_rules_allowed'))
    await page.getByText(en('settings_second_text')).waitFor()

    await page.getByRole('button', { name: en('settings_password_set') }).click()
    const fields = [en('settings_password_new'), en('settings_password_again')]
    for (const label of fields) await page.getByLabel(label).fill('passwordpassword')
    await page
      .getByRole('dialog')
      .getByRole('button', { name: en('ui_save') })
      .click()
    await page.getByText(en('settings_password_common')).waitFor()
    await desktop.screenshot('password-common')
    for (const label of fields) await page.getByLabel(label).fill(password)
    await page
      .getByRole('dialog')
      .getByRole('button', { name: en('ui_save') })
      .click()
    await page.getByText(en('settings_second_half_password')).waitFor()

    await page.getByRole('button', { name: en('settings_app_add') }).click()
    await page.getByRole('img', { name: en('settings_app_picture') }).waitFor()
    secret = (
      await page
        .getByRole('dialog')
        .getByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/)
        .innerText()
    ).replaceAll(' ', '')
    await expectAccessible(page)
    await desktop.screenshot('password-app')
    await page.getByLabel(en('settings_app_code')).fill('000000')
    await page
      .getByRole('dialog')
      .getByRole('button', { name: en('settings_app_confirm') })
      .click()
    await page.getByText(en('settings_app_code_wrong')).waitFor()
    await page.getByLabel(en('settings_app_code')).fill(await code())
    await page
      .getByRole('dialog')
      .getByRole('button', { name: en('settings_app_confirm') })
      .click()
    await page.getByText(en('settings_second_ready')).waitFor()
    await expectAccessible(page)
    await desktop.screenshot('password-ready')
  })

  test('signs in by it where there is no passkey, and is out at once when passkeys are required', async () => {
    const other = await browser.newDesktop()
    await openForm(other, en)
    await expectAccessible(other.page)
    await other.screenshot('password-sign-in')
    await fillForm(other, en, '000000')
    await other.page.getByText(en('auth_password_failed_hint')).waitFor()
    await other.screenshot('password-refused')
    await fillForm(other, en, await code(1))
    await other.page.locator('#page-title').waitFor()
    await other.page.goto(`${product.origin}/settings/security`)
    await other.page.getByText(en('settings_second_ready')).waitFor()
    expect(await other.page.getByText(en('settings_must_add_title')).count()).toBe(0)

    await openSecurity(desktop)
    await desktop.page.getByRole('radio', { name: en('settings_rules_off') }).click()
    await confirm(desktop, en('settings_rules_off'))
    await desktop.page.getByText(en('settings_second_off_title')).waitFor()
    await other.page.waitForURL('**/sign-in**')
    await other.page.getByRole('button', { name: en('auth_use_recovery') }).waitFor()
    expect(await other.page.getByRole('button', { name: en('auth_use_password') }).count()).toBe(0)
    await other.close()
  })

  test('allows it one person alone, on their page', async () => {
    const { page } = desktop
    const { id } = (await (await desktop.context.request.get(`${product.origin}/api/v1/me`)).json()) as { id: string }
    await page.goto(`${product.origin}/team/${id}`)
    await page.getByLabel(new RegExp(`^${en('team_sign_in_label')}: `)).click()
    await page.getByRole('option', { name: en('team_sign_in_allowed'), exact: true }).click()
    await confirm(desktop, en('ui_save'))
    await page.getByText(en('team_sign_in_has_both')).waitFor()
    await expectAccessible(page)
    await desktop.screenshot('password-person')
    await openSecurity(desktop)
    await page.getByText(en('settings_rules_person_allowed')).waitFor()
    await page.getByText(en('settings_second_ready')).waitFor()
  })

  test('finds all of it on a phone, in the dark and from right to left', async () => {
    const phone = await browser.newPhone({ locale: 'ar', colorScheme: 'dark' })
    await openForm(phone, ar)
    await expectAccessible(phone.page)
    await phone.screenshot('password-sign-in-phone-ar')
    await phone.close()
    const { page } = desktop
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(`${product.origin}/settings`)
    await page.getByRole('radio', { name: 'العربية' }).click()
    await page.getByText(ar('settings_appearance_text')).waitFor()
    await openSecurity(desktop, ar)
    await page.getByText(ar('settings_second_ready')).waitFor()
    await expectAccessible(page)
    await page.getByText(ar('settings_second_ready')).scrollIntoViewIfNeeded()
    await desktop.screenshot('password-ready-phone-ar')
    await page.getByRole('button', { name: ar('settings_app_replace') }).click()
    await page.getByRole('img', { name: ar('settings_app_picture') }).waitFor()
    await expectAccessible(page)
    await desktop.screenshot('password-app-phone-ar')
    expect(desktop.problems.filter((problem) => !/40[013]/.test(problem))).toEqual([])
  })
})
