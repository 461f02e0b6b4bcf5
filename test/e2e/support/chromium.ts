import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export interface Chromium {
  path: string
  env: Record<string, string>
}

const INSTALLED: Record<string, string[]> = {
  linux: [
    // Without a desktop's windows: the same pages for two thirds of the CPU.
    '/usr/bin/chromium-headless-shell',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
}

/** The browser that came with npm, unpacked to the temporary folder with the libraries a bare Linux lacks. */
async function bundled(): Promise<Chromium> {
  const { default: chromium, inflate } = await import('@sparticuz/chromium')
  const bin = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..', 'bin')
  const path = await chromium.executablePath(bin)
  const libraries = await inflate(join(bin, 'al2023.tar.br'))
  const fonts = await inflate(join(bin, 'fonts.tar.br'))
  return { path, env: { LD_LIBRARY_PATH: join(libraries, 'lib'), FONTCONFIG_PATH: fonts } }
}

/** CHROME_PATH, else an installed Chrome or Chromium, else (linux-x64) the one from npm. @throws with what to install */
export async function findChromium(): Promise<Chromium> {
  const chosen = process.env['CHROME_PATH']
  if (chosen === 'npm') return bundled()
  if (chosen) return { path: chosen, env: {} }
  const path = INSTALLED[process.platform]?.find((candidate) => existsSync(candidate))
  if (path) return { path, env: {} }
  if (process.platform === 'linux' && process.arch === 'x64') return bundled()
  throw new Error('The browser tests need Chrome or Chromium. Install one, or name it: CHROME_PATH=… npm test')
}
