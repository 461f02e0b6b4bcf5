import type { BenchProduct } from './bench-product.ts'

export interface ConnectedProject {
  accountId: string
  /** The provider's own token. */
  token: string
}

/** A simulated project of its own with so many servers and no rate limit in the way, connected. */
export async function connectProject(product: BenchProduct, name: string, servers: number): Promise<ConnectedProject> {
  const { project } = await product.control<{ project: { token: string } }>('POST', '/projects', { name })
  await product.control('PUT', `/projects/${name}/limits`, {
    servers,
    rate_limit: 1_000_000,
    rate_remaining: 1_000_000,
  })
  await product.control('POST', '/seed', { project: name, servers })
  const { body } = await product.api<{ id: string }>('POST', '/accounts', {
    provider: 'hetzner',
    name,
    token: project.token,
  })
  return { accountId: body.id, token: project.token }
}
