// npm run rotate-master-key: a new master key for the stored provider tokens and authenticator secrets, without downtime.
// The demo on this machine is rotated at once; for a deployment, whose secrets nobody can read back, it leads through.
import { join } from 'node:path'
import { newestKeyVersion } from '../kernel/crypto.ts'
import { query } from './lib/database.ts'
import { parseMasterKeys, resealLocal } from './lib/reseal-local.ts'
import { endOrphans, findRunning } from './lib/running.ts'
import { bold, say, step, stop } from './lib/say.ts'
import { localSecrets, newKey, writeSecrets } from './lib/secrets.ts'
import { readOptions, readTarget, type Target } from './lib/target.ts'

const options = readOptions({})
const target = await readTarget(options)
if (target.remote) await explainRotation(target)
else await rotateLocal(target)

async function rotateLocal(local: Target): Promise<void> {
  const running = await findRunning(join(options.dir, 'running.json'))
  if (running) stop(`WebNova is running at ${running.origin}. Stop it with Ctrl-C, then run this again.`)
  await endOrphans(join(options.dir, 'running.json'))
  const file = join(options.dir, 'secrets.json')
  const before = localSecrets(file)
  const version = newestKeyVersion(parseMasterKeys(before.MASTER_KEYS)) + 1
  const added = `${version}:${newKey()}`
  const both = `${before.MASTER_KEYS},${added}`
  // Each step leaves an instance that starts: both keys first, the old one dropped last.
  writeSecrets(file, { ...before, MASTER_KEYS: both })
  const count = await step('Sealing the stored secrets anew', () => resealLocal(local, parseMasterKeys(both)))
  writeSecrets(file, { ...before, MASTER_KEYS: added })
  say(`${count} secret(s) sealed under key ${version}; the older key is gone from ${file}.`)
}

async function explainRotation(deployment: Target): Promise<void> {
  const rows = await query(
    deployment,
    'SELECT version, COUNT(*) AS secrets FROM (' +
      'SELECT token_key_version AS version FROM accounts WHERE removed_at IS NULL ' +
      'UNION ALL SELECT key_version FROM totp_secrets) GROUP BY 1',
  )
  const versions = rows.map((row) => Number(row['version']))
  const next = Math.max(0, ...versions) + 1
  const put = `npx wrangler secret put MASTER_KEYS --env ${deployment.environment}`
  say()
  say(bold(`Rotating the master key of ${deployment.environment}`))
  for (const row of rows) say(`Key ${row['version']} seals ${row['secrets']} secret(s) now.`)
  say()
  say(`1. This is the new key. Keep it where the present one is kept; it is shown only here:`)
  say(bold(`   ${next}:${newKey()}`))
  say()
  say('2. Set both, the present value first, a comma, then the new key. Nothing stops meanwhile:')
  say(`   ${put}`)
  say()
  say('3. Signed in as the owner, open Projects, then "Encryption", and choose "Re-encrypt":')
  say(`   ${deployment.origin}/projects`)
  say()
  say(`4. Run this command again: when key ${next} alone seals anything, set the new key without the old one:`)
  say(`   ${put}`)
  say()
  say('A key lost before step 3 is done takes the tokens with it: they would have to be pasted again.')
  say()
}
