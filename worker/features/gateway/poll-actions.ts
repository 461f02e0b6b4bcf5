import type { PolledAction } from '../../objects/action-polls.ts'
import type { MirrorAnswer } from '../../objects/read-mirror.ts'
import type { GatewayRequest } from './request.ts'

interface Asked {
  ids: string[]
  /** One in an answer of its own, not a list. */
  single: boolean
  /** What the address says the action is of. */
  of?: { collection: string; id?: string }
}

const idForm = /^[1-9]\d{0,15}$/
/** What one request to the provider asks for (FACTS §3). */
const mostIds = 25

/**
 * An action, or several, asked for by any of the addresses they have: answered from what all tools of the project ask
 * for together. Null where the provider itself has to answer: what it does not know, or knows of another resource.
 */
export async function pollActions(request: GatewayRequest): Promise<MirrorAnswer | null> {
  const asked = askedFor(request)
  if (!asked) return null
  const polled = await request.ctx.mirror.readActions(request.accountId, asked.ids)
  if ('answer' in polled) return polled.answer
  const { actions, headers } = polled
  if (!asked.single) return { status: 200, headers, body: `{"actions":[${actions.map(({ text }) => text).join(',')}]}` }
  const [action] = actions
  return action && isOf(action, asked.of) ? { status: 200, headers, body: `{"action":${action.text}}` } : null
}

function askedFor({ operation, ids, clean }: GatewayRequest): Asked | null {
  if (operation.key === 'GET /actions') {
    const wanted = [...new Set(clean.query.map(([, value]) => value))]
    const plain = wanted.length > 0 && wanted.length <= mostIds && clean.query.every(([name]) => name === 'id')
    return plain && wanted.every((id) => idForm.test(id)) ? { ids: wanted, single: false } : null
  }
  const [, collection, of, id] =
    /^GET (?:\/(\w+))?(?:\/\{(id)\})?\/actions\/\{(id|action_id)\}$/.exec(operation.key) ?? []
  const action = ids[id ?? '']
  if (action === undefined || !idForm.test(action)) return null
  const owner = of === undefined ? undefined : ids[of]
  return {
    ids: [action],
    single: true,
    ...(collection === undefined ? {} : { of: { collection, ...(owner === undefined ? {} : { id: owner }) } }),
  }
}

function isOf(action: PolledAction, of: Asked['of']): boolean {
  if (!of) return true
  const { resources } = JSON.parse(action.text) as { resources?: { id: number; type: string }[] }
  const owns = ({ id, type }: { id: number; type: string }) =>
    `${type}s` === of.collection && (of.id === undefined || String(id) === of.id)
  return Array.isArray(resources) && resources.some(owns)
}
