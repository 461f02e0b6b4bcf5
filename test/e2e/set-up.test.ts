import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './support/accessibility.ts'
import { openBrowser, type Device } from './support/devices.ts'
import { claimInstance, connectProject } from './support/owner.ts'
import { startProduct } from './support/product.ts'
import { wordsOf, type Locale } from './support/words.ts'

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

describe.each(sizes)('%s', (_name, locale, newDevice) => {
  test('the owner claims the instance, connects a project, and the link is used up', async () => {
    const product = await startProduct()
    const device = await newDevice()
    const words = wordsOf(locale)
    const { page } = device
    try {
      await page.goto(product.setUpLink)
      await page.getByLabel(words('setup_name')).waitFor()
      expect(page.url()).not.toContain('token=')
      expect(await page.evaluate(() => document.documentElement.dir)).toBe(locale === 'ar' ? 'rtl' : 'ltr')
      await expectAccessible(page)

      const codes = await claimInstance(device, product, words)
      expect(new Set(codes).size).toBe(10)
      expect(await device.authenticator.credentials()).toHaveLength(1)
      await expectAccessible(page)

      const [project] = product.projects
      await connectProject(device, words, 'shop', `${project?.token.slice(0, -1)}0`)
      await page.getByRole('alert').first().waitFor()
      await connectProject(device, words, 'shop', project?.token ?? '')
      await page.getByText(words('setup_done_title'), { exact: true }).waitFor()
      await expectAccessible(page)
      expect(await page.content()).not.toContain(project?.token)

      const second = await browser.newDesktop()
      await second.page.goto(product.setUpLink)
      await second.page.getByText(wordsOf('en')('setup_claimed_title')).waitFor()
      await second.close()
    } finally {
      await device.screenshot(`set-up-${locale}-${device.page.viewportSize()?.width}`)
      await device.close()
      await product.stop()
    }
  })
})
