import type { Client } from './client.ts'
import { operations } from './client-operations.ts'
import { pageSize } from './servers.ts'
import { imageListAnswer } from './wire.ts'

/** At most 50, newest first. Backups are images of their own type, bound to their server (FACTS §7). */
export async function listBackups(client: Client, limit: number): Promise<string[]> {
  const query: [string, string][] = [
    ['type', 'backup'],
    ['sort', 'id:desc'],
    ['page', '1'],
    ['per_page', String(Math.min(pageSize, Math.max(1, limit)))],
  ]
  const { images } = await client.request(operations.listImages, { query, schema: imageListAnswer })
  return images.map(({ id }) => String(id))
}
