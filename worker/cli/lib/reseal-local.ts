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

/**
 * Seals every token of a stopped local instance under the newest master key, on the record.
 * @returns how many. @throws before anything is written when one of them does not open
 */
export async function resealLocal(target: Target, keys: MasterKeys): Promise<number> {
  const newest = newestKeyVersion(keys)
  const rows = await query(
    target,
    'SELECT id, token_ciphertext, token_salt, token_iv, token_key_version FROM accounts' +
      ` WHERE removed_at IS NULL AND token_key_version <> ${newest}`,
  )
  if (rows.length === 0) return 0
  const updates = await Promise.all(rows.map((row) => reseal(row, keys)))
  const target_ = { targetType: 'instance', targetId: 'instance', targetName: 'WebNova' } as const
  const operation = { ...target_, operationId: newId('opr'), action: 'account.reencrypt' } as const
  const after = { reencrypted: rows.length, remaining: 0, keyVersion: newest }
  await run(target, [
    auditRow({ ...operation, phase: 'started' }),
    ...updates,
    auditRow({ ...operation, phase: 'succeeded', after }),
  ])
  return rows.length
}

async function reseal(row: Record<string, string | number | null>, keys: MasterKeys): Promise<string> {
  const id = String(row['id'])
  // The purpose binds a ciphertext to its row; it is the one the Worker uses.
  const purpose = `account:${id}`
  const token = await openSecret(keys, purpose, {
    ciphertext: String(row['token_ciphertext']),
    salt: String(row['token_salt']),
    iv: String(row['token_iv']),
    keyVersion: Number(row['token_key_version']),
  })
  const sealed = await sealSecret(keys, purpose, token)
  const columns = {
    token_ciphertext: sealed.ciphertext,
    token_salt: sealed.salt,
    token_iv: sealed.iv,
    token_key_version: sealed.keyVersion,
  }
  const set = Object.entries(columns).map(([name, value]) => `${name} = ${quoted(value)}`)
  return `UPDATE accounts SET ${set.join(', ')} WHERE id = ${quoted(id)};`
}
