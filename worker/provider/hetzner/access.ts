import { z } from 'zod'
import { ProviderError } from '../provider.ts'
import type { Client } from './client.ts'
import { operations } from './client-operations.ts'
import { serverListAnswer } from './wire.ts'

/** The provider offers no introspection; the cheapest list is the usual question (FACTS §1). */
export async function checkToken(client: Client): Promise<void> {
  await client.request(operations.listServers, { query: [['per_page', '1']], schema: serverListAnswer })
}

/**
 * Whether the token may write, asked by a write that cannot write: it renames the SSH key 0, and ids begin at 1. A
 * token that may write is told "not found"; one that may not is refused before anything is looked up.
 */
export async function probeAccess(client: Client): Promise<'read_write' | 'read_only' | 'unknown'> {
  try {
    await client.request(operations.updateSshKey, {
      params: { id: '0' },
      body: { name: 'webnova-access-probe' },
      schema: z.unknown(),
      expects: ['not_found', 'token_read_only', 'forbidden'],
    })
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    if (error.kind === 'not_found') return 'read_write'
    if (error.kind === 'token_read_only' || error.kind === 'forbidden') return 'read_only'
  }
  return 'unknown'
}
