import { newestKeyVersion, openSecret, sealSecret, type MasterKeys } from '../../kernel/crypto.ts'
import { newId } from '../../kernel/id.ts'
import { auditRow, quoted } from './audit-row.ts'
import { query, run } from './database.ts'
import type { Target } from './target.ts'

/** `1:<base64url>,2:<base64url>` as the kernel takes it. */
export function parseMasterKeys(text: string): MasterKeys {
  return new Map(
    text.split(',').map((part) => {
      const [version = '', key = ''] = part.trim().split(':')
      return [Number(version), Uint8Array.from(Buffer.from(key, 'base64url'))]
    }),
  )
}

/** Where sealed secrets are kept, and what binds each to its row: the same as the Worker uses. */
const stores = [
  { table: 'accounts', prefix: 'token_', purpose: 'account', where: 'removed_at IS NULL' },
  { table: 'totp_secrets', prefix: '', purpose: 'totp', where: 'TRUE' },
] as const
type Store = (typeof stores)[number]

/**
 * Seals every token, and the secret of every authenticator app, of a stopped local instance under the newest master key,
 * on the record. @returns how many. @throws before anything is written when one of them does not open
 */
export async function resealLocal(target: Target, keys: MasterKeys): Promise<number> {
  const newest = newestKeyVersion(keys)
  const updates: string[] = []
  for (const store of stores) {
    const { table, prefix, where } = store
    const columns = ['ciphertext', 'salt', 'iv', 'key_version'].map((name) => `${prefix}${name} AS ${name}`).join(', ')
    const outdated = `${where} AND ${prefix}key_version <> ${newest}`
    const rows = await query(target, `SELECT id, ${columns} FROM ${table} WHERE ${outdated}`)
    updates.push(...(await Promise.all(rows.map((row) => reseal(store, row, keys)))))
  }
  if (updates.length === 0) return 0
  const target_ = { targetType: 'instance', targetId: 'instance', targetName: 'WebNova' } as const
  const operation = { ...target_, operationId: newId('opr'), action: 'account.reencrypt' } as const
  const after = { reencrypted: updates.length, remaining: 0, keyVersion: newest }
  await run(target, [
    auditRow({ ...operation, phase: 'started' }),
    ...updates,
    auditRow({ ...operation, phase: 'succeeded', after }),
  ])
  return updates.length
}

async function reseal(
  { table, prefix, purpose }: Store,
  row: Record<string, string | number | null>,
  keys: MasterKeys,
): Promise<string> {
  const id = String(row['id'])
  const secret = await openSecret(keys, `${purpose}:${id}`, {
    ciphertext: String(row['ciphertext']),
    salt: String(row['salt']),
    iv: String(row['iv']),
    keyVersion: Number(row['key_version']),
  })
  const sealed = await sealSecret(keys, `${purpose}:${id}`, secret)
  const columns = {
    ciphertext: sealed.ciphertext,
    salt: sealed.salt,
    iv: sealed.iv,
    key_version: sealed.keyVersion,
  }
  const set = Object.entries(columns).map(([name, value]) => `${prefix}${name} = ${quoted(value)}`)
  return `UPDATE ${table} SET ${set.join(', ')} WHERE id = ${quoted(id)};`
}
