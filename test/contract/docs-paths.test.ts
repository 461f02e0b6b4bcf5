import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')

function pages(): string[] {
  const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name))
  return ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', ...docs].filter((name) => existsSync(join(root, name)))
}

const read = (page: string) => readFileSync(join(root, page), 'utf8')

/** `worker/app.ts`, `docs/security.md`, `web/src/lib/ui/`: what looks like a path of this repository. */
const PATH =
  /`((?:worker|web|migrations|test|docs|\.ci)\/[\w./@()+-]*|[A-Z]+\.md|wrangler\.toml|package\.json|tsconfig\.json|vitest\.config\.ts)`/g

/** Made by a command, so absent from a fresh clone. */
const GENERATED = /^(web\/build|worker-configuration\.d\.ts|web\/src\/lib\/paraglide|test\/\.output|dist|backups)/

describe.each(pages())('%s', (page) => {
  test('names only paths that exist', () => {
    const named = [...read(page).matchAll(PATH)].map(([, path]) => path ?? '')
    const missing = named.filter((path) => !GENERATED.test(path) && !existsSync(join(root, path.replace(/[.,]$/, ''))))
    expect(missing).toEqual([])
  })

  test('links only to files and headings that exist', () => {
    const links = [...read(page).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].map(([, path]) => path ?? '')
    const missing = links.filter((path) => !existsSync(join(root, dirname(page), path)))
    expect(missing).toEqual([])
  })

  test('names only npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    const named = [...read(page).matchAll(/npm run ([\w:-]+)/g)].map(([, script]) => script ?? '')
    expect(named.filter((script) => !(script in scripts))).toEqual([])
  })

  test('holds no path of a machine and no private key', () => {
    expect(read(page)).not.toMatch(/\/(?:home|Users|root|work)\/\w|BEGIN [A-Z ]*PRIVATE KEY/)
  })
})

test('there is a page to read at all', () => {
  expect(pages().map((page) => relative('.', page))).toContain('README.md')
})
