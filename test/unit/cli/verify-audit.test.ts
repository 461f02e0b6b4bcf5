import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  digestRows,
  genesis,
  hashSeal,
  signSeal,
  type Seal,
  type SealedRow,
} from '../../../worker/features/seals/chain.ts'
import { exportLines } from '../../../worker/features/seals/export-lines.ts'
import { gzip } from '../../../worker/features/seals/gzip.ts'
import { publicKeyOf, signingKey, type PublicSealKey } from '../../../worker/features/seals/keys.ts'
import { anchorOf, start } from '../../../worker/features/seals/verify.ts'

const command = join(import.meta.dirname, '..', '..', '..', 'worker', 'cli', 'verify-audit.ts')
const dir = mkdtempSync(join(tmpdir(), 'webnova-archive-'))
const named = { name: 's1', bytes: new Uint8Array(32).fill(7) }
const rowsOf = (from: number, to: number): SealedRow[] =>
  Array.from({ length: to - from + 1 }, (_, i) => ({
    seq: from + i,
    values: [from + i, ...Array<string>(19).fill('x')],
  }))
let key: PublicSealKey
const seals: Seal[] = []

async function seal(fromSeq: number, toSeq: number): Promise<void> {
  const last = seals.at(-1)
  const previous = last?.hash ?? genesis
  const digests = await digestRows(rowsOf(fromSeq, toSeq))
  const facts = { number: seals.length + 1, at: 0, fromSeq, toSeq, digests, previous, keyId: named.name }
  seals.push(await signSeal(await signingKey(named), { ...facts, hash: await hashSeal(previous, digests) }))
}

/** An archived file of these seals. */
async function write(name: string, from: number, to: number, change = (row: SealedRow) => row): Promise<string> {
  const covered = seals.slice(from - 1, to)
  const before = seals[from - 2]
  const rows = covered.flatMap(({ fromSeq, toSeq }) => rowsOf(fromSeq, toSeq)).map(change)
  const lines = exportLines({ after: before ? anchorOf(before) : start, keys: [key], seals: covered, rows })
  const file = join(dir, name)
  writeFileSync(file, await gzip([...lines].join('')))
  return file
}

const verify = (...args: string[]) =>
  new Promise<{ failed: boolean; said: string }>((resolve) => {
    execFile(process.execPath, [command, ...args], (error, out, err) =>
      resolve({ failed: error !== null, said: out + err }),
    )
  })

beforeAll(async () => {
  key = await publicKeyOf(named)
  await seal(1, 3)
  await seal(4, 5)
  await seal(6, 9)
})
afterAll(() => rmSync(dir, { recursive: true }))

describe('verify-audit on archived files', () => {
  it('checks several as one log, in any order', async () => {
    const [first, second] = [await write('1.gz', 1, 2), await write('2.gz', 3, 3)]
    const { failed, said } = await verify(second, first, '--head', `3:${seals[2]?.hash}`)
    expect(said).toContain('Nothing was changed: 9 rows under 3 seals.')
    expect(failed).toBe(false)
  })

  it('checks one alone, and says after which seal it goes on', async () => {
    const { failed, said } = await verify(await write('2.gz', 3, 3))
    expect(said).toContain('Nothing was changed: 4 rows under 1 seals.')
    expect(said).toContain(`goes on after seal 2:${seals[1]?.hash}`)
    expect(failed).toBe(false)
  })

  it('names a changed row, and a file that is missing', async () => {
    const forge = (row: SealedRow) => (row.seq === 7 ? { ...row, values: row.values.with(5, 'forged') } : row)
    const forged = await verify(await write('forged.gz', 3, 3, forge))
    expect(forged).toMatchObject({ failed: true, said: expect.stringContaining('Row 7 was changed (seal 3)') })
    const gap = await verify(await write('1.gz', 1, 1), await write('3.gz', 3, 3))
    expect(gap).toMatchObject({ failed: true, said: expect.stringContaining('no file has seal 2') })
  })
})
