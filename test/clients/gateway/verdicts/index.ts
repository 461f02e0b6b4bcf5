import type { Permission } from '../../../../worker/kernel/permissions.ts'
import type { NarrowName } from '../keys.ts'
import { resources } from './resources.ts'
import { servers } from './servers.ts'

/**
 * What becomes of a step with a narrow key. `ok`: what becomes of it with every key, be it a refusal by the provider. A
 * permission: refused for want of it. `unseen`: told that there is none such. `no create`: refused because nothing it could
 * make would be within its reach. `fence`: refused because the labels would move a resource out of its reach. `no file`:
 * the CLI found no SSH key of that name and looks for a file.
 */
export type Verdict = 'ok' | 'unseen' | 'no create' | 'fence' | 'no file' | Permission
export type Row = readonly [readsOnly: Verdict, oneServer: Verdict, oneLabel: Verdict, powerOnly: Verdict]

export const verdicts: Readonly<Record<string, Row>> = { ...resources, ...servers }

const columns: readonly NarrowName[] = ['reads only', 'one server', 'one label', 'power only']

/** @throws for a step that the table does not have */
export function verdictOf(key: NarrowName, step: string): Verdict {
  const row = verdicts[step]
  const verdict = row?.[columns.indexOf(key)]
  if (verdict === undefined) throw new Error(`No verdict says what a key does with: ${step}`)
  return verdict
}

const inWords: Record<Exclude<Verdict, 'ok' | Permission>, RegExp> = {
  unseen: /^hcloud: [A-Za-z ]+ not found:? ?[\w-]*(?: \(not_found\))?\n$/,
  'no create': /^hcloud: This key creates nothing here \([a-z-]+:[a-z]+\)\. \(forbidden\)\n$/,
  fence:
    /^hcloud: These labels would change what this key may do with it\. Keep the labels that the key is for\. \(forbidden\)\n$/,
  'no file': /^hcloud: lookup SSH key by fingerprint: open \w+: no such file or directory\n$/,
}

/** The whole of what the CLI prints for a refusal. */
export function wordsOf(verdict: Exclude<Verdict, 'ok'>): RegExp {
  if (verdict in inWords) return inWords[verdict as keyof typeof inWords]
  return new RegExp(
    `^hcloud: (?:[\\w ]+ failed: )?This key does not include ${verdict} (?:for this|here)\\. \\(forbidden\\)\\n$`,
  )
}
