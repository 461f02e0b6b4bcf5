import { join } from 'node:path'
import { run } from '../../../worker/cli/lib/database.ts'
import type { Product } from './product.ts'

/** Changes what only time changes: the moment a link expires, a passkey was proven. Takes some seconds. */
export async function changeDatabase(product: Product, ...statements: string[]): Promise<void> {
  const target = {
    environment: 'demo',
    remote: false,
    state: join(product.dir, 'state'),
    origin: product.origin,
  } as const
  await run(target, statements)
}
