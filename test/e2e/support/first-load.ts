import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { BrowserContext } from 'playwright-core'
import { webBuild } from '../../../worker/cli/lib/paths.ts'

/** Size of a file as the network delivers it. */
export const zipped = (path: string): number => gzipSync(readFileSync(path), { level: 9 }).length

export interface FirstLoad {
  /** Bytes of script, compressed, that were asked for until the page stood. */
  standing: number
  /** And until it was still: what is loaded ahead counts here only. */
  still: number
}

/** What a fresh browser loads to show a page. `landmark`: a selector for what has to be there. @throws when led elsewhere */
export async function measureFirstLoad(context: BrowserContext, url: string, landmark: string): Promise<FirstLoad> {
  const page = await context.newPage()
  const asked = new Set<string>()
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.endsWith('.js')) asked.add(pathname)
  })
  const size = () => [...asked].reduce((sum, name) => sum + zipped(join(webBuild, name)), 0)
  await page.goto(url)
  await page.locator(landmark).first().waitFor()
  const standing = size()
  await page.waitForLoadState('networkidle')
  const still = size()
  const shown = page.url()
  await page.close()
  if (shown !== url) throw new Error(`${url} led to ${shown}`)
  return { standing, still }
}

/** What stands when the page does. */
export const landmarks = { signIn: 'form button[type="submit"]', servers: 'main [role="row"][data-index]' }
