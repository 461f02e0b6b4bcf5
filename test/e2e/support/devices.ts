import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { Authenticator } from './authenticator.ts'
import { findChromium } from './chromium.ts'

export interface Device {
  page: Page
  context: BrowserContext
  authenticator: Authenticator
  /** Errors of the page so far: uncaught exceptions and console errors. A test expects them to be empty. */
  problems: string[]
  /** Saves what is on the screen to test/.output/screens/<name>.png. @returns the file */
  screenshot: (name: string) => Promise<string>
  close: () => Promise<void>
}

export interface DeviceOptions {
  locale?: 'en' | 'ar' | 'id' | 'ru'
  colorScheme?: 'light' | 'dark'
  /** Starts with the passkeys of another device. */
  passkeysOf?: Device
}

export const screens = join(import.meta.dirname, '..', '..', '.output', 'screens')

const DESKTOP = { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 }
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }

/** One browser for a test file; every device in it is a fresh profile. */
export async function openBrowser() {
  const { path, env } = await findChromium()
  const browser: Browser = await chromium.launch({
    executablePath: path,
    headless: true,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none'],
    env: { ...(process.env as Record<string, string>), ...env },
  })
  return {
    browser,
    newDesktop: (options: DeviceOptions = {}) => newDevice(browser, DESKTOP, options),
    newPhone: (options: DeviceOptions = {}) => newDevice(browser, PHONE, options),
    close: () => browser.close(),
  }
}

async function newDevice(browser: Browser, screen: object, options: DeviceOptions): Promise<Device> {
  const { locale = 'en', colorScheme = 'light', passkeysOf } = options
  const context = await browser.newContext({ ...screen, locale, colorScheme, reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`${message.text()} (${message.location().url})`)
  })
  const authenticator = await Authenticator.attach(page)
  if (passkeysOf) await authenticator.copyFrom(passkeysOf.authenticator)
  return {
    page,
    context,
    authenticator,
    problems,
    screenshot: async (name) => {
      mkdirSync(screens, { recursive: true })
      const path = join(screens, `${name}.png`)
      await page.screenshot({ path })
      return path
    },
    close: () => context.close(),
  }
}
