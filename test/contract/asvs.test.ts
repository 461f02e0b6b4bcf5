import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const page = readFileSync(join(root, 'docs', 'security', 'asvs.md'), 'utf8')

const statuses = ['yes', 'partly', 'no', 'not applicable']

/** How many requirements of levels 1 and 2 each section of ASVS 5.0.0 has: V1.1 to V17.3. */
const sections: Record<string, number[]> = {
  V1: [2, 9, 11, 3, 2],
  V2: [3, 3, 4, 1],
  V3: [0, 2, 4, 6, 5, 0, 2],
  V4: [3, 1, 2, 4],
  V5: [1, 3, 2, 3],
  V6: [3, 12, 4, 4, 5, 3, 0, 4],
  V7: [3, 4, 2, 5, 2, 2],
  V8: [2, 3, 1, 1],
  V9: [3, 4],
  V10: [2, 2, 4, 11, 5, 2, 3],
  V11: [2, 3, 3, 4, 1, 1],
  V12: [3, 2, 4],
  V13: [1, 5, 2, 5],
  V14: [2, 4, 3],
  V15: [3, 3, 7],
  V16: [1, 5, 4, 3, 3],
  V17: [1, 4, 2],
}

interface Row {
  id: string
  level: string
  status: string
  evidence: string
}

const rows: Row[] = page
  .split('\n')
  .filter((line) => /^\| V\d/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, id = '', level = '', , status = '', evidence = '']) => ({ id, level, status, evidence }))

/** `worker/app.ts`, `docs/security.md`, `wrangler.toml`: what looks like a file or a folder of this repository. */
function pathsIn(text: string): string[] {
  return [...text.matchAll(/`([^`\s]+)`/g)]
    .map(([, name = '']) => name)
    .filter((name) => /^[\w.@()+-]+(\/[\w.@()+-]+)+$/.test(name) || /^\.?[\w-]+\.(md|json|toml)$/.test(name))
}

describe('the ASVS checklist', () => {
  test('has every id of levels 1 and 2 exactly once', () => {
    const expected = Object.entries(sections).flatMap(([chapter, counts]) =>
      counts.flatMap((count, at) => Array.from({ length: count }, (_, n) => `${chapter}.${at + 1}.${n + 1}`)),
    )
    expect(rows.map(({ id }) => id)).toEqual(expected)
    expect(rows.filter(({ level }) => !['1', '2'].includes(level))).toEqual([])
  })

  test('names only files that exist', () => {
    const missing = rows.flatMap(({ id, evidence }) =>
      pathsIn(evidence)
        .filter((path) => !existsSync(join(root, path)))
        .map((path) => `${id}: ${path}`),
    )
    expect(missing).toEqual([])
  })

  test('shows a file for every yes and partly, and says why for everything else', () => {
    const bare = rows.filter(({ status, evidence }) =>
      ['yes', 'partly'].includes(status) ? pathsIn(evidence).length === 0 : !/\w.*\.$/.test(evidence),
    )
    expect(bare).toEqual([])
    expect(rows.filter(({ status }) => !statuses.includes(status))).toEqual([])
  })

  test('counts itself right', () => {
    const told = [...page.matchAll(/^\| (yes|partly|no|not applicable|all) \| (\d+) \|$/gm)].map(
      ([, status = '', count]) => [status, Number(count)] as const,
    )
    const counted = statuses.map((status) => [status, rows.filter((row) => row.status === status).length] as const)
    expect(told).toEqual([...counted, ['all', rows.length]])
  })
})
