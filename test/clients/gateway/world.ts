import { ApiOwner } from '../../e2e/support/api-owner.ts'
import { startProduct, type Product } from '../../e2e/support/product.ts'
import { allPermissions } from '../../worker/gateway/permissions.ts'
import { hcloudAt, type Hcloud } from '../hcloud.ts'
import type { Step } from './step.ts'

export interface Project {
  name: string
  /** The provider's own token of it. */
  token: string
  direct: Hcloud
}

/** A running product with a simulated provider, and its owner. */
export class World {
  readonly product: Product
  readonly owner: ApiOwner

  private constructor(product: Product, owner: ApiOwner) {
    this.product = product
    this.owner = owner
  }

  static async start(): Promise<World> {
    const product = await startProduct({ timeScale: 0.003 })
    const owner = new ApiOwner(product)
    await owner.claim()
    return new World(product, owner)
  }

  get simulator(): string {
    return `${this.product.origin}/simulator/v1`
  }

  /** The gateway's address, as it stands in the document. */
  gateway(accountId?: string): string {
    return `${this.product.origin}/hetzner/${accountId === undefined ? '' : `${accountId}/`}v1`
  }

  /** An empty project at the provider. */
  async newProject(name: string): Promise<Project> {
    const { project } = await this.product.control<{ project: { token: string } }>('POST', '/projects', { name })
    return { name, token: project.token, direct: hcloudAt(this.simulator, project.token) }
  }

  /** Connects a project; its id here. */
  async connect({ name, token }: Project): Promise<string> {
    const { id } = await this.owner.call<{ id: string }>('POST', '/accounts', { provider: 'hetzner', name, token })
    await this.owner.call('POST', `/accounts/${id}/sync`)
    return id
  }

  /** A key of the owner for everything the gateway knows, narrowed by what is given. */
  async key(change: Record<string, unknown> = {}, owner = this.owner): Promise<string> {
    const input = { name: 'Tool', permissions: allPermissions, stepUp: 'never', ...change }
    return (await owner.call<{ secret: string }>('POST', '/me/api-keys', input)).secret
  }

  /** Changes a server past every client. */
  async changeOutside(project: string, { server, change }: NonNullable<Step['outside']>): Promise<void> {
    await this.product.control('PUT', `/projects/${encodeURIComponent(project)}/servers/${server}`, change)
  }

  /** Somebody else, invited and signed in. */
  async invite(role: string): Promise<{ id: string; person: ApiOwner }> {
    const input = { name: 'Grace Guest', email: 'grace@example.com', role }
    const { user, link } = await this.owner.call<{ user: { id: string }; link: string }>('POST', '/users', input)
    const person = new ApiOwner(this.product)
    await person.join(link)
    return { id: user.id, person }
  }

  stop(): Promise<void> {
    return this.product.stop()
  }
}
