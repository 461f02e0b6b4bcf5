import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './support/accessibility.ts'
import { openBrowser, type Device } from './support/devices.ts'
import { startProduct, type Product } from './support/product.ts'
import { wordsOf, type Locale } from './support/words.ts'

interface Operation {
  operationId: string
  summary: string
  'x-permission': string
}
interface ApiDocument {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: { Error: { properties: { error: { properties: { code: { enum: string[] } } } } } } }
}

let browser: Awaited<ReturnType<typeof openBrowser>>
let product: Product
let api: ApiDocument
const words = wordsOf('en')

beforeAll(async () => {
  browser = await openBrowser()
  product = await startProduct()
  api = (await (await fetch(`${product.origin}/api/openapi.json`)).json()) as ApiDocument
})
afterAll(async () => {
  await product?.stop()
  await browser?.close()
})

const open = async (device: Device, hash = '') => {
  await device.page.goto(`${product.origin}/api/docs${hash}`)
  await device.page.locator('article').first().waitFor()
}

describe('the API reference, without signing in', () => {
  let device: Device
  beforeAll(async () => {
    device = await browser.newDesktop()
    await open(device)
  })
  afterAll(() => device?.close())

  test('shows every operation of the document with its method, path and permission', async () => {
    const expected = Object.entries(api.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, { operationId }]) => `${operationId} ${method.toUpperCase()} ${path}`),
    )
    const shown = await device.page.locator('article').evaluateAll((articles) =>
      articles.map((article) => {
        const [method, path] = [...article.querySelectorAll('header p:first-of-type > *')].map(
          (part) => part.textContent,
        )
        return `${article.id} ${method} ${path}`
      }),
    )
    expect(shown.toSorted()).toEqual(expected.toSorted())
    expect(shown.length).toBeGreaterThan(40)
    const power = device.page.locator('#postServersByServerIdActions')
    await power.getByText('servers:power').waitFor()
    await power.getByText('power_off', { exact: true }).first().waitFor()
    await power.locator('pre').first().getByText('--header "Idempotency-Key').waitFor()
  })

  test('explains every error code once for all', async () => {
    const codes = api.components.schemas.Error.properties.error.properties.code.enum
    for (const code of codes) {
      const entry = device.page.locator(`#error-${code}`)
      expect(await entry.count()).toBe(1)
      expect(await entry.innerText()).toMatch(/\d{3}/)
      expect((await entry.locator('> span').last().innerText()).length).toBeGreaterThan(5)
    }
  })

  test('unfolds what is inside', async () => {
    const article = device.page.locator('#getServers')
    const before = await article.getByText('displayName', { exact: true }).count()
    await article.locator('summary').last().click()
    await article.getByText('displayName', { exact: true }).waitFor()
    expect(before).toBe(0)
    await expectAccessible(device.page, '#getServers')
  })

  test('finds by keyboard: slash, words, enter', async () => {
    const { page } = device
    await page.locator('body').press('/')
    await page.keyboard.type('patch metadata')
    await expect.poll(() => page.locator('article').count()).toBe(1)
    await page.keyboard.press('Enter')
    await page.waitForURL('**/api/docs#patchServersByServerIdMetadata')
    await page.getByRole('searchbox').fill('no such thing')
    await page.getByText(words('api_reference_nothing')).waitFor()
    await expectAccessible(page)
    await page.getByRole('searchbox').press('Escape')
    await expect.poll(() => page.locator('article').count()).toBeGreaterThan(40)
  })

  test('copies the command that stands there', async () => {
    const { page, context } = device
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const article = page.locator('#getSetup')
    await article.getByRole('button', { name: words('api_reference_copy_curl') }).click()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`curl '${product.origin}/api/v1/setup'`)
    expect(device.problems).toEqual([])
  })
})

const views = [
  ['on a desktop, in English', 'en', true, () => browser.newDesktop()],
  ['on a phone, in English', 'en', false, () => browser.newPhone()],
  ['on a desktop, in Arabic, dark', 'ar', false, () => browser.newDesktop({ locale: 'ar', colorScheme: 'dark' })],
  ['on a phone, in Arabic, dark', 'ar', true, () => browser.newPhone({ locale: 'ar', colorScheme: 'dark' })],
] as const satisfies readonly (readonly [string, Locale, boolean, () => Promise<Device>])[]

describe.each(views)('the API reference %s', (name, locale, whole, newDevice) => {
  test('opens at the linked operation, is accessible, and fits its screen', async () => {
    const device = await newDevice()
    const { page } = device
    await open(device, '#deleteMePasskeysByPasskeyId')
    const top = () => page.locator('#deleteMePasskeysByPasskeyId').evaluate((node) => node.getBoundingClientRect().top)
    await expect.poll(async () => Math.abs(await top())).toBeLessThan(120)
    expect(await page.evaluate(() => document.documentElement.dir)).toBe(locale === 'ar' ? 'rtl' : 'ltr')
    const directions = await page
      .locator('pre')
      .evaluateAll((blocks) => blocks.map((block) => getComputedStyle(block).direction))
    expect(new Set(directions)).toEqual(new Set(['ltr']))
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    // The page is every operation in the same few parts: all of it in one view of each theme, one part of it in the others.
    await expectAccessible(page, whole ? undefined : '#deleteMePasskeysByPasskeyId')
    await device.screenshot(`api-reference ${name}`.replaceAll(/[ ,]+/g, '-'))
    if (name.includes('phone')) {
      await page.getByRole('button', { name: wordsOf(locale)('api_reference_contents') }).click()
      await page.getByRole('dialog').getByRole('searchbox').fill('passkey')
      await expectAccessible(page, '[role=dialog]')
      await page
        .getByRole('dialog')
        .getByRole('link', { name: /Your passkeys/ })
        .click()
      await page.waitForURL('**/api/docs#getMePasskeys')
    }
    expect(device.problems).toEqual([])
    await device.close()
  })
})
