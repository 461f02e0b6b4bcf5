import type { GatewayRequest } from './request.ts'

/** The server that the volume or the address in the path is attached to now, by the provider's id; null: to none. */
export async function holderOf({ ctx, accountId, operation, ids }: GatewayRequest): Promise<number | null> {
  const [, collection = ''] = operation.path.split('/')
  const answer = await ctx.mirror.read(accountId, `/${collection}/${ids['id'] ?? ''}`, true)
  if (answer.status !== 200) return null
  const [resource] = Object.values(JSON.parse(answer.body) as Record<string, Record<string, unknown> | undefined>)
  const holder = resource?.['server'] ?? resource?.['assignee_id']
  return typeof holder === 'number' ? holder : null
}

/** What moves the resource in the path from one server to another, or to none. */
export const movesBetweenServers = ({ operation }: GatewayRequest): boolean =>
  operation.lock === 'holder' || (operation.lock?.startsWith('body.') === true && operation.parameters.length > 0)
