import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { permissions as kernel } from '../../../worker/kernel/permissions.ts'

const root = join(import.meta.dirname, '../../..')
/** By a path of its own: the dashboard's messages have no types here. */
const load = async (name: string) => await import(/* @vite-ignore */ join(root, 'web/src/lib/access', name))

interface Effective {
  permission: string
  allowed: boolean
  by: string
  byRole: boolean
  limited: boolean
  unused: boolean
}
type Person = { permissions: string[]; effective: Effective[] }
const { permissionText, permissions: known } = (await load('permission-text.ts')) as {
  permissionText: (permission: string) => string
  permissions: string[]
}
const { hadForAll, overridesAfter, overridesWithoutUnused } = (await load('overrides.ts')) as {
  hadForAll: (one: Effective) => boolean
  overridesAfter: (person: Person, wanted: Record<string, boolean>) => string[]
  overridesWithoutUnused: (person: Person) => string[]
}
const { isForTools } = (await load('group-permissions.ts')) as { isForTools: (permission: string) => boolean }

interface Document {
  components: { schemas: { PermissionTable: { properties: { items: { items: { properties: Enums } } } } } }
}
type Enums = { permission: { enum: string[] } }
const document = JSON.parse(readFileSync(join(root, 'docs/api/openapi.json'), 'utf8')) as Document
const every = document.components.schemas.PermissionTable.properties.items.items.properties.permission.enum

describe('a permission', () => {
  it('is a sentence in every language, each of those the API knows', () => {
    expect(every.length).toBeGreaterThan(40)
    expect([...known].toSorted()).toEqual([...every].toSorted())
    for (const locale of ['en', 'ar']) {
      const texts = JSON.parse(readFileSync(join(root, 'web/messages', locale, 'permissions.json'), 'utf8')) as object
      const keys = every.map((permission) => `permission_${permission.replaceAll(/[:-]/g, '_')}`)
      expect(Object.keys(texts)).toEqual(expect.arrayContaining(keys))
    }
    for (const permission of every) expect(permissionText(permission), permission).toMatch(/[\u0600-\u06ff]/)
  })

  it('says in English what the API says', () => {
    const file = join(root, 'web/messages/en/permissions.json')
    const texts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
    for (const [permission, sentence] of Object.entries(kernel)) {
      expect(texts[`permission_${permission.replaceAll(/[:-]/g, '_')}`]).toBe(sentence)
    }
  })

  it('of a later API is shown by its name', () => {
    expect(permissionText('moons:read')).toBe('moons:read')
  })

  it('stands with the tools where this dashboard has no page for it', () => {
    expect(['servers:lock', 'costs:read', 'servers:delete', 'images:read'].map(isForTools)).toEqual([
      false,
      false,
      true,
      true,
    ])
  })
})

const one = (permission: string, facts: Partial<Effective> = {}): Effective => ({
  permission,
  allowed: false,
  by: 'role',
  byRole: false,
  limited: false,
  unused: false,
  ...facts,
})

describe('switching permissions of a person', () => {
  const some = one('servers:read', { allowed: true, by: 'grant', limited: true })

  it('never turns what a rule gives for some things into something had for everything', () => {
    expect(hadForAll(some)).toBe(false)
    const person = { permissions: ['+costs:read'], effective: [some, one('servers:power')] }
    expect(overridesAfter(person, { 'servers:power': true })).toEqual(['+costs:read', '+servers:power'])
  })

  it('needs no override for what the role says, and takes what role or rule gives', () => {
    const effective = [
      one('servers:read', { allowed: true, by: 'allow' }),
      one('servers:power', { by: 'deny', byRole: true }),
      one('costs:read', { allowed: true, byRole: true }),
      one('images:read', { allowed: true, by: 'grant' }),
    ]
    const person = { permissions: ['+servers:read', '-servers:power'], effective }
    const wanted = { 'servers:read': false, 'servers:power': true, 'costs:read': false, 'images:read': false }
    expect(overridesAfter(person, wanted)).toEqual(['-costs:read', '-images:read'])
  })

  it('takes back everything unused at once, and nothing else', () => {
    const effective = [
      { ...some, unused: true },
      one('servers:power', { allowed: true, by: 'allow', unused: true }),
      one('costs:read', { allowed: true, by: 'allow' }),
      one('audit:read', { allowed: true, byRole: true, unused: true }),
    ]
    const person = { permissions: ['+servers:power', '+costs:read'], effective }
    expect(overridesWithoutUnused(person)).toEqual(['+costs:read', '-servers:read', '-audit:read'])
  })
})
