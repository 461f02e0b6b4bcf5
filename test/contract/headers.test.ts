import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildWeb, isWebBuilt } from '../../worker/cli/lib/build-web.ts'
import { webBuild } from '../../worker/cli/lib/paths.ts'

beforeAll(async () => {
  if (!isWebBuilt()) await buildWeb()
})

const read = (name: string) => readFileSync(join(webBuild, name), 'utf8')

describe('the static files', () => {
  it('go out with the strict headers, every one of them', () => {
    const [everywhere = ''] = read('_headers').split(/\n\n/)
    expect(everywhere.split('\n')[0]).toBe('/*')
    for (const line of [
      'Strict-Transport-Security: max-age=63072000; includeSubDomains',
      'X-Content-Type-Options: nosniff',
      'X-Frame-Options: DENY',
      "Content-Security-Policy: frame-ancestors 'none'",
      'Referrer-Policy: no-referrer',
      'Cross-Origin-Opener-Policy: same-origin',
      'Cross-Origin-Resource-Policy: same-origin',
      'Cross-Origin-Embedder-Policy: require-corp',
    ]) {
      expect(everywhere.split('\n').map((text) => text.trim())).toContain(line)
    }
    expect(read('_headers')).not.toMatch(/^\s*! (?!Cache-Control)/m)
  })

  it('hold no page whose policy lets any other inline script run than those it was built with', () => {
    const pages = readdirSync(webBuild, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.html'))
    expect(pages).toContain('index.html')
    for (const page of pages) {
      const html = read(page)
      const policy = /http-equiv="content-security-policy" content="([^"]+)"/.exec(html)?.[1] ?? ''
      const scripts = /script-src ([^;]+)/.exec(policy)?.[1]?.split(' ') ?? []
      expect(policy).toMatch(/default-src 'self'/)
      expect(policy).toMatch(/object-src 'none'/)
      expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|\*|https?:/)
      const inline = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
        ([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
      )
      expect(scripts.toSorted()).toEqual(["'self'", ...inline].toSorted())
      expect(html).not.toMatch(/\son\w+=/i)
    }
  })
})
