import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, type Device } from './support/devices.ts'
import { landmarks, measureFirstLoad } from './support/first-load.ts'
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

describe.each(['en', 'ar'] as const)('the script of a first visit, compressed, in %s', (locale) => {
  test.each([
    ['110 kB until the sign-in form stands', '/sign-in', landmarks.signIn, 110_000],
    ['150 kB until the server list stands', '/servers', landmarks.servers, 150_000],
  ])('is at most %s', async (_name, path, landmark, most) => {
    const device = await browser.newDesktop({ locale })
    if (path !== '/sign-in') await device.context.addCookies(await owner.context.cookies())
    const { standing, still } = await measureFirstLoad(device.context, product.origin + path, landmark)
    expect(standing).toBeGreaterThan(40_000)
    expect(standing).toBeLessThanOrEqual(most)
    expect(still - standing).toBeLessThanOrEqual(20_000)
    await device.close()
  })
})

describe('what is loaded on demand', () => {
  /** The server list; from now on every further script takes its time, or never comes. */
  async function openList(scripts: 'slow' | 'gone'): Promise<Device> {
    const device = await browser.newDesktop({ passkeysOf: owner })
    const { page } = device
    await page.goto(`${product.origin}/servers`)
    await page.getByRole('row').filter({ hasText: 'web-1' }).waitFor()
    const loaded = Promise.withResolvers<void>()
    await page.route(/\/_app\/.*\.js/, async (route) => {
      if (scripts === 'gone') return route.abort()
      await loaded.promise
      await route.continue()
    })
    setTimeout(loaded.resolve, 1_000)
    return device
  }
  const actions = (name: string) => words('ui_actions_for', { name })

  test('a menu opens by mouse and by keyboard though its code comes late, and gives the keyboard back', async () => {
    const device = await openList('slow')
    const { page } = device
    const button = page.getByRole('button', { name: actions('web-1') })
    await button.click()
    await page.getByRole('menuitem').first().waitFor()
    expect(await button.getAttribute('aria-expanded')).toBe('true')
    await page.keyboard.press('Escape')
    await page.getByRole('menu').waitFor({ state: 'detached' })
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true)
    const other = page.getByRole('button', { name: actions('web-2') })
    await other.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem').first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Escape')
    await page.getByRole('menu').waitFor({ state: 'detached' })
    await other.click()
    await page.getByRole('menuitem').first().waitFor()
    await other.click({ force: true })
    await page.getByRole('menu').waitFor({ state: 'detached' })
    await device.close()
  })

  test('a list of choices opens by keyboard though its code comes late, and what is chosen counts', async () => {
    const device = await openList('slow')
    const { page } = device
    const select = page.getByRole('combobox', { name: words('servers_location') })
    await select.focus()
    await page.keyboard.press('ArrowDown')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL('**location=**')
    await device.close()
  })

  test('a tooltip is shown to keyboard and mouse though its code comes late', async () => {
    const device = await openList('slow')
    const { page } = device
    await page.getByRole('searchbox').focus()
    await page.getByRole('button', { name: actions('web-1') }).hover()
    const tip = page.getByRole('tooltip').or(page.locator('[data-tooltip-content]'))
    await tip
      .filter({ hasText: actions('web-1') })
      .first()
      .waitFor()
    await page.mouse.move(0, 0)
    await tip.first().waitFor({ state: 'detached' })
    await device.close()
  })

  test('what could not be loaded is asked for again by the next click', async () => {
    const device = await openList('gone')
    const { page } = device
    const button = page.getByRole('button', { name: actions('web-1') })
    const refused = page.waitForEvent('requestfailed')
    await button.click()
    await refused
    await page.unroute(/\/_app\/.*\.js/)
    await button.click()
    await page.getByRole('menuitem').first().waitFor()
    expect(device.problems.filter((problem) => !/\b401\b|ERR_FAILED/.test(problem))).toEqual([])
    await device.close()
  })
})
