import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { errorCodes } from '../../../worker/kernel/errors.ts'

const web = join(import.meta.dirname, '../../../web')
const table = readFileSync(join(web, 'src/lib/errors/table.ts'), 'utf8')
const entries = [
  ...table.matchAll(/^ {2}(\w+): \{\s*severity: '(\w+)',\s*message: m\.(\w+),\s*hint: m\.(\w+),?\s*\}/gm),
]
const messages = JSON.parse(readFileSync(join(web, 'messages/en/errors.json'), 'utf8')) as Record<string, string>

/** What only the dashboard can know. */
const ofTheClient = ['network_down', 'aborted', 'unreadable_answer']

describe('the error table of the dashboard', () => {
  it('has words for every code of the API, and for no other', () => {
    const codes = entries.map(([, code]) => code)
    expect([...codes].sort()).toEqual([...Object.keys(errorCodes), ...ofTheClient].sort())
  })

  it('says for each what happened and what to do next', () => {
    for (const [, code, , message, hint] of entries) {
      expect(message).toBe(`error_${code}`)
      expect(hint).toBe(`error_${code}_hint`)
      expect(messages[`error_${code}`], code).toMatch(/\.$/)
      expect(messages[`error_${code}_hint`], code).toMatch(/\.$/)
    }
  })

  it('has an entry for codes of a later version', () => {
    expect(messages['error_unknown']).toBeDefined()
    expect(messages['error_unknown_hint']).toBeDefined()
  })
})
