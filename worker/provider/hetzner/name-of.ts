import { ProviderError, type OtherKind } from '../provider.ts'
import type { Client } from './client.ts'
import { getOne } from './client-operations.ts'
import { namedAnswer } from './wire.ts'

/** Its name; a snapshot has a description only. Null where it has neither, or is gone. */
export async function nameOf(client: Client, kind: OtherKind, id: string): Promise<string | null> {
  const params = { id, id_or_name: id }
  try {
    const answer = await client.request(getOne[kind], { params, schema: namedAnswer, expects: ['not_found'] })
    const { name, description } = answer[kind] ?? {}
    return name || description || null
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'not_found') return null
    throw error
  }
}
