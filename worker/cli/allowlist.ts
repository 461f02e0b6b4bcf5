// npm run allowlist: from where owners may work. With --clear, break-glass: from anywhere again.
import { newId } from '../kernel/id.ts'
import { auditRow } from './lib/audit-row.ts'
import { query, run } from './lib/database.ts'
import { say, stop } from './lib/say.ts'
import { readOptions, readTarget } from './lib/target.ts'

const options = readOptions({ clear: { type: 'boolean', default: false } })
const target = await readTarget(options)
const [row] = await query(target, 'SELECT owner_allowlist FROM protection_settings WHERE id = 1')
const before = String(row?.['owner_allowlist'] ?? '[]')
if (before === '[]') stop('There is no list: owners may work from any address already.')
const list = JSON.parse(before) as string[]
if (!options.clear) {
  say()
  say('Owners may work from these addresses only; clear the list with --clear:')
  for (const entry of list) say(entry)
  say()
  process.exit()
}

const record = auditRow({
  operationId: newId('opr'),
  phase: 'succeeded',
  action: 'protection.update',
  targetType: 'instance',
  targetId: 'instance',
  targetName: 'WebNova',
  reason: 'The addresses of owners were cleared by the deployer',
  before: { ownerAllowlist: list.join(' ') },
  after: { ownerAllowlist: '' },
})
const now = Date.now()
const clear = `UPDATE protection_settings SET owner_allowlist = '[]', version = version + 1, updated_at = ${now}, updated_by = 'deployer' WHERE id = 1;`
await run(target, [record, clear])
say()
say('Cleared. Owners may work from any address again, from their next request on.')
say()
