import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, type Device } from './support/devices.ts'
import { setUpOwner } from './support/owner.ts'
import { startProduct, type Product } from './support/product.ts'
import { wordsOf } from './support/words.ts'

let browser: Awaited<ReturnType<typeof openBrowser>>
let product: Product
let owner: Device
const words = wordsOf('en')

beforeAll(async () => {
  browser = await openBrowser()
  product = await startProduct()
  owner = await browser.newDesktop()
  await setUpOwner(owner, product, words)
})
afterAll(async () => {
  await owner?.close()
  await product?.stop()
  await browser?.close()
})

/** The server list on a device of its own, so that no part of the palette is loaded yet. */
async function openList(): Promise<Device> {
  const device = await browser.newDesktop({ passkeysOf: owner })
  await device.page.goto(`${product.origin}/servers`)
  await device.page.getByRole('row').filter({ hasText: 'web-1' }).waitFor()
  return device
}

/** Asking who is signed in, before the passkey was given, is no problem of the page. */
const problemsOf = (device: Device) => device.problems.filter((problem) => !/\b401\b/.test(problem))
const option = ({ page }: Device, name: string) => page.getByRole('option').filter({ hasText: name })

test('letters typed while the palette is still being loaded are not lost', async () => {
  const device = await openList()
  const { page } = device
  await page.route(/\/_app\/.*\.js/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    await route.continue()
  })
  await page.keyboard.press('Control+k')
  await page.keyboard.type('db-prxx')
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Backspace')
  await page.keyboard.type('imary', { delay: 200 })
  await option(device, 'db-primary').waitFor()
  expect(await page.getByRole('dialog').getByRole('combobox').inputValue()).toBe('db-primary')
  expect(await page.getByRole('region', { name: words('ui_selected', { count: 1 }) }).count()).toBe(0)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(problemsOf(device)).toEqual([])
  await device.close()
})

test('an answer that comes late never replaces that of what was typed after it', async () => {
  const device = await openList()
  const { page } = device
  const late = Promise.withResolvers<void>()
  const overtaken = Promise.withResolvers<void>()
  const arrived = Promise.withResolvers<void>()
  await page.route('**/api/v1/servers?*', async (route) => {
    if (new URL(route.request().url()).searchParams.get('q') !== 'web-') return route.continue()
    late.resolve()
    await overtaken.promise
    // The page may have given the request up, which is as good.
    await route.continue().catch(() => undefined)
    arrived.resolve()
  })
  await page.keyboard.press('Control+k')
  await page.keyboard.type('web-')
  await late.promise
  const field = page.getByRole('dialog').getByRole('combobox')
  await field.fill('')
  await page.keyboard.type('db-primary')
  await option(device, 'db-primary').waitFor()
  overtaken.resolve()
  await arrived.promise
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
  expect(await option(device, 'db-primary').count()).toBe(1)
  expect(await option(device, 'web-').count()).toBe(0)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/servers/*')
  await page.getByRole('heading', { name: 'db-primary' }).waitFor()
  expect(problemsOf(device)).toEqual([])
  await device.close()
})

test('opened again and again, and given the keyboard back, it takes every letter', async () => {
  const device = await openList()
  const { page } = device
  const search = page.getByRole('searchbox')
  for (const name of ['web-1', 'db-primary', 'cache-1']) {
    await search.focus()
    await page.keyboard.press('Control+k')
    await page.keyboard.type(name)
    await option(device, name).first().waitFor()
    expect(await page.getByRole('dialog').getByRole('combobox').inputValue()).toBe(name)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await search.evaluate((field) => field === document.activeElement)).toBe(true)
  }
  expect(await search.inputValue()).toBe('')
  expect(problemsOf(device)).toEqual([])
  await device.close()
})
