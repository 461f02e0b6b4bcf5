import { newId } from '../../worker/kernel/id.ts'
import type { PriceList } from '../../worker/provider/provider.ts'
import { execute } from './database.ts'

type Value = string | number | null

/** 2026-03-02 10:00 UTC: the time of rows where no test asks for one. */
const someTime = Date.UTC(2026, 2, 2, 10)

async function insert(table: string, row: Record<string, Value>): Promise<void> {
  const columns = Object.keys(row)
  const marks = columns.map(() => '?').join(', ')
  await execute(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`, ...Object.values(row))
}

/** A connected project that no provider knows. Columns as the table has them. @returns its id */
export async function insertAccount(columns: Record<string, Value> = {}): Promise<string> {
  const id = newId('acc')
  await insert('accounts', {
    id,
    name: 'Test project',
    provider: 'hetzner',
    token_ciphertext: '',
    token_salt: '',
    token_iv: '',
    token_key_version: 1,
    token_hint: '****',
    token_fingerprint: id,
    access: 'read_write',
    state: 'ok',
    state_since: someTime,
    created_at: someTime,
    updated_at: someTime,
    sync_interval_ms: 60_000,
    next_sync_at: Number.MAX_SAFE_INTEGER,
    last_sync_at: someTime,
    ...columns,
  })
  return id
}

export interface TestMetadata {
  displayName?: string | null
  tags?: string[]
  notes?: string
  project?: string | null
  environment?: string | null
}

interface ServerOptions extends TestMetadata {
  labels?: Record<string, string>
  privateIps?: string[]
}

/** A server as a sync would have left it, with what people added where anything is given. @returns its id */
export async function insertServer(
  accountId: string,
  columns: Record<string, Value> = {},
  { labels = {}, privateIps = [], ...metadata }: ServerOptions = {},
): Promise<string> {
  const id = newId('srv')
  await insert('servers', {
    id,
    account_id: accountId,
    provider_id: id,
    name: 'test-server',
    status: 'running',
    type_name: 'cx23',
    architecture: 'x86',
    cores: 2,
    memory_mb: 4096,
    disk_gb: 40,
    location: 'fsn1',
    country: 'DE',
    private_ips: JSON.stringify(privateIps),
    labels: JSON.stringify(labels),
    backups: 0,
    locked: 0,
    delete_protected: 0,
    rescue: 0,
    digest: '',
    provider_created_at: someTime,
    first_seen_at: someTime,
    changed_at: someTime,
    ...columns,
  })
  if (Object.keys(metadata).length > 0) await insertMetadata(id, metadata)
  return id
}

async function insertMetadata(serverId: string, metadata: TestMetadata): Promise<void> {
  await insert('server_metadata', {
    server_id: serverId,
    display_name: metadata.displayName ?? null,
    tags: JSON.stringify(metadata.tags ?? []),
    notes: metadata.notes ?? '',
    project: metadata.project ?? null,
    environment: metadata.environment ?? null,
    updated_at: someTime,
    updated_by: newId('usr'),
  })
}

/** Prices of type cx23 in fsn1, and of an IPv4 there, unless told otherwise. */
export async function insertPrices(accountId: string, prices: Partial<PriceList> = {}, day = '2026-03-01') {
  const list: PriceList = {
    currency: 'EUR',
    vatRate: '19.000000',
    serverTypes: [
      { name: 'cx23', location: 'fsn1', hourlyNet: '0.0056000000000000', monthlyNet: '3.4900000000000000' },
    ],
    ipv4: [{ location: 'fsn1', hourlyNet: '0.0008000000000000', monthlyNet: '0.5000000000000000' }],
    backupPercent: '20.0000000000',
    ...prices,
  }
  await insert('price_snapshots', {
    account_id: accountId,
    day,
    taken_at: Date.parse(day),
    currency: list.currency,
    vat_rate: list.vatRate,
    digest: '',
    prices: JSON.stringify(list),
  })
}
