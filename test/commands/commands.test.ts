import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSecret, sealSecret } from '../../worker/kernel/crypto.ts'
import { quoted } from '../../worker/cli/lib/audit-row.ts'
import { query, run } from '../../worker/cli/lib/database.ts'
import { parseMasterKeys } from '../../worker/cli/lib/reseal-local.ts'
import type { Target } from '../../worker/cli/lib/target.ts'
import { runCommand } from '../e2e/support/command.ts'
import { startProduct, type Product } from '../e2e/support/product.ts'

let product: Product
let target: Target

beforeAll(async () => {
  product = await startProduct()
  target = { environment: 'demo', remote: false, state: join(product.dir, 'state'), origin: product.origin }
})
afterAll(() => product.stop())

const linkIn = (output: string) => /http:\/\/\S+#token=([\w-]+)/.exec(output)
const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url')
const here = () => ['--dir', product.dir]

interface StoredKeys {
  MASTER_KEYS: string
}
const secrets = () => JSON.parse(readFileSync(join(product.dir, 'secrets.json'), 'utf8')) as StoredKeys

/** A connected project whose token is sealed as the Worker seals it. */
async function sealedAccount(id: string, token: string, masterKeys: string): Promise<string> {
  const sealed = await sealSecret(parseMasterKeys(masterKeys), `account:${id}`, token)
  const columns = {
    id,
    name: 'shop',
    provider: 'hetzner',
    token_ciphertext: sealed.ciphertext,
    token_salt: sealed.salt,
    token_iv: sealed.iv,
    token_key_version: sealed.keyVersion,
    token_hint: '****oken',
    token_fingerprint: 'fingerprint',
    access: 'read_write',
    state: 'ok',
    state_since: 1,
    paused_at: 1,
    created_at: 1,
    updated_at: 1,
    sync_interval_ms: 60_000,
    next_sync_at: 1,
  }
  const values = Object.values(columns).map(quoted)
  return `INSERT INTO accounts (${Object.keys(columns).join(', ')}) VALUES (${values.join(', ')});`
}

describe('npm start', () => {
  test('serves the product, its API and its dashboard, and prints a link and tokens of 64 characters', async () => {
    expect((await fetch(`${product.origin}/readyz`)).status).toBe(200)
    expect(await (await fetch(product.origin)).text()).toContain('<!doctype html>')
    expect(product.setUpLink).toMatch(new RegExp(`^${product.origin}/set-up#token=[\\w-]{43}$`))
    expect(product.projects.length).toBeGreaterThanOrEqual(2)
    for (const token of product.tokens) expect(token).toMatch(/^[A-Za-z0-9]{64}$/)
  })

  test('never runs twice on the same data', async () => {
    const second = await runCommand('start', here())
    expect(second.code).toBe(1)
    expect(second.output).toContain(`already running at ${product.origin}`)
  })

  test('says so when the port is taken, and uses the next free one', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const second = await startProduct({ port })
    server.close()
    expect(Number(new URL(second.origin).port)).toBeGreaterThan(port)
    await second.stop()
  })

  test('refuses a PORT that is none, in one line', async () => {
    const refused = await runCommand('start', ['--dir', join(product.dir, 'other')], { PORT: 'many' })
    expect(refused.code).toBe(1)
    expect(refused.output).toContain('PORT must be a number')
  })

  test('keeps its secrets to their owner', () => {
    expect(statSync(join(product.dir, 'secrets.json')).mode & 0o077).toBe(0)
  })
})

describe('npm run setup', () => {
  test('makes a link of one hour that ends every older unused one', async () => {
    const made = await runCommand('setup', here())
    expect(made.code).toBe(0)
    const [, token = ''] = linkIn(made.output) ?? []
    const now = Date.now()
    const rows = await query(target, 'SELECT token_hash, expires_at, used_at FROM enrolment_links ORDER BY created_at')
    expect(rows.length).toBe(2)
    expect(rows[0]?.['expires_at']).toBeLessThanOrEqual(now)
    expect(rows[1]).toMatchObject({ token_hash: hashOf(token), used_at: null })
    expect(Number(rows[1]?.['expires_at']) - now).toBeGreaterThan(55 * 60_000)
    expect(Number(rows[1]?.['expires_at']) - now).toBeLessThanOrEqual(60 * 60_000)
  })
})

describe('npm run enrol', () => {
  beforeAll(async () => {
    const columns = 'id, name, email, role, status, created_at, updated_at'
    await run(target, [
      `INSERT INTO users (${columns}) VALUES ('usr_1', 'Ada', 'ada@example.com', 'OWNER', 'ACTIVE', 1, 1);`,
      `INSERT INTO users (${columns}) VALUES ('usr_2', 'Bo', 'bo@example.com', 'USER', 'SUSPENDED', 1, 1);`,
    ])
  })

  test('makes a link for an existing user, and puts that on the record', async () => {
    const made = await runCommand('enrol', [...here(), '--email', 'ada@example.com'])
    expect(made.code).toBe(0)
    const [, token = ''] = linkIn(made.output) ?? []
    expect(made.output).toContain(`${product.origin}/enrol#token=`)
    const [link] = await query(target, `SELECT * FROM enrolment_links WHERE token_hash = '${hashOf(token)}'`)
    expect(link).toMatchObject({ kind: 'break_glass', user_id: 'usr_1', used_at: null })
    const [row] = await query(target, "SELECT * FROM audit_log WHERE action = 'user.enrol'")
    expect(row).toMatchObject({ actor_id: 'deployer', target_id: 'usr_1', phase: 'succeeded' })
    expect(JSON.stringify(row)).not.toContain(token)
  })

  test('refuses who is unknown, suspended or no address, each in one line', async () => {
    for (const [email, reason] of [
      ['nobody@example.com', 'Nobody here has the address'],
      ['bo@example.com', 'SUSPENDED'],
      ["x'; DROP TABLE users; --", 'is not an email address'],
    ] as const) {
      const refused = await runCommand('enrol', [...here(), '--email', email])
      expect(refused.code).toBe(1)
      expect(refused.output).toContain(reason)
    }
  })

  test('setup refuses an instance that has an owner, and names the way in', async () => {
    const refused = await runCommand('setup', here())
    expect(refused.code).toBe(1)
    expect(refused.output).toContain('npm run enrol')
  })
})

describe('npm run backup and restore-rehearsal', () => {
  test('what a running instance exports is restored whole, whatever it writes meanwhile', async () => {
    const rehearsed = await runCommand('restore-rehearsal', here())
    expect(rehearsed.output).toContain('The restored copy is complete')
    expect(rehearsed.code).toBe(0)
  })

  test('a backup restores to the same rows and the same record', async () => {
    // An older file may differ by what came after it, such as the seal of every minute: nothing comes any more.
    await product.kill9()
    const file = join(product.dir, 'backup.sql')
    expect((await runCommand('backup', [...here(), '--output', file])).code).toBe(0)
    expect(readFileSync(file, 'utf8')).toContain('audit_log_no_update')
    const rehearsed = await runCommand('restore-rehearsal', [...here(), '--file', file])
    expect(rehearsed.output).toContain('The restored copy is complete')
    expect(rehearsed.code).toBe(0)
  })

  test('a backup that lacks rows is found out', async () => {
    const file = join(product.dir, 'backup.sql')
    await run(target, [
      "INSERT INTO users (id, name, email, role, status, created_at, updated_at) VALUES ('usr_3', 'Cy', 'cy@example.com', 'USER', 'ACTIVE', 1, 1);",
    ])
    const rehearsed = await runCommand('restore-rehearsal', [...here(), '--file', file])
    expect(rehearsed.code).toBe(1)
    expect(rehearsed.output).toMatch(/users\s+2 \(expected 3 to 3\)/)
  })

  afterAll(() => product.start())
})

describe('the data', () => {
  test('survives a kill in the middle of anything', async () => {
    const columns = 'id, name, email, role, status, created_at, updated_at'
    await run(target, [
      `INSERT INTO users (${columns}) VALUES ('usr_9', 'Di', 'di@example.com', 'VIEWER', 'ACTIVE', 1, 1);`,
    ])
    await product.kill9()
    await product.start()
    expect(await query(target, "SELECT id FROM users WHERE id = 'usr_9'")).toHaveLength(1)
  })
})

describe('a runtime left behind by a killed program', () => {
  test('is ended before the next one takes the same data and address', async () => {
    await product.killProgram()
    expect((await fetch(`${product.origin}/healthz`)).status).toBe(200)
    const { origin } = product
    await product.start()
    expect(product.origin).toBe(origin)
  })
})

describe('npm run rotate-master-key', () => {
  test('waits until the instance is stopped', async () => {
    const refused = await runCommand('rotate-master-key', here())
    expect(refused.code).toBe(1)
    expect(refused.output).toContain('Stop it with Ctrl-C')
  })

  test('leaves one new key that opens every token, and an instance that starts with it', async () => {
    const before = secrets().MASTER_KEYS
    await run(target, [await sealedAccount('acc_1', 'the stored token', before)])
    await product.kill9()
    expect((await runCommand('rotate-master-key', here())).code).toBe(0)
    expect(secrets().MASTER_KEYS).toMatch(/^2:[\w-]{43}$/)
    expect(secrets().MASTER_KEYS).not.toContain(before.slice(2))
    const [row] = await query(target, "SELECT * FROM accounts WHERE id = 'acc_1'")
    const opened = await openSecret(parseMasterKeys(secrets().MASTER_KEYS), 'account:acc_1', {
      ciphertext: String(row?.['token_ciphertext']),
      salt: String(row?.['token_salt']),
      iv: String(row?.['token_iv']),
      keyVersion: Number(row?.['token_key_version']),
    })
    expect(opened).toBe('the stored token')
    const record = await query(target, "SELECT phase FROM audit_log WHERE action = 'account.reencrypt' ORDER BY seq")
    expect(record.map(({ phase }) => phase)).toEqual(['started', 'succeeded'])
    await product.start()
    expect((await fetch(`${product.origin}/readyz`)).status).toBe(200)
  })
})

describe('npm run reset', () => {
  test('refuses while the instance runs, and empties it afterwards', async () => {
    const refused = await runCommand('reset', here())
    expect(refused.code).toBe(1)
    expect(refused.output).toContain('Stop it with Ctrl-C')
    await product.kill9()
    expect((await runCommand('reset', here())).code).toBe(0)
    expect(existsSync(product.dir)).toBe(false)
  })
})

describe('a deployment', () => {
  test('is refused until its address is set, in one line that says where', async () => {
    for (const command of ['setup', 'deploy', 'rotate-master-key']) {
      const refused = await runCommand(command, ['--env', 'production'])
      expect(refused.code).toBe(1)
      expect(refused.output).toContain('PUBLIC_ORIGIN of production is not your address yet')
    }
  })

  test('of an environment that does not exist is refused', async () => {
    const refused = await runCommand('setup', ['--env', 'prod'])
    expect(refused.code).toBe(1)
    expect(refused.output).toContain('--env must be one of demo, staging, production')
  })
})
