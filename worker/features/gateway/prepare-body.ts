import { AppError } from '../../kernel/errors.ts'
import { lacking } from './check-references.ts'
import { assertSameReach, readLabels, stampLabels } from './labels.ts'
import type { GatewayRequest } from './request.ts'
import type { Kind, Sight } from './sight.ts'

/** The labels it may have: stamped where it is created, unmoved where it is changed. */
export async function prepareBody(request: GatewayRequest, sight: Sight): Promise<unknown> {
  const { operation, actor, accountId, clean } = request
  const needed = operation.alsoNeeds
  if (needed && !operation.creates && sight.coverage(needed) !== 'all') throw lacking(needed)
  if (operation.creates) {
    const permission = needed ?? operation.permission
    if (sight.coverage(permission) === 'none') throw lacking(permission)
    if (sight.coverage(permission) === 'all') return clean.body
    if (operation.labels !== 'stamp') throw lacking(permission)
    const given = labelsIn(clean.body)
    return { ...(clean.body as object), labels: stampLabels(actor, permission, accountId, given ?? {}) }
  }
  if (operation.labels !== 'replace') return clean.body
  const labels = labelsIn(clean.body)
  const named = clean.references.find(({ where }) => where.startsWith('path.'))
  if (!labels || named?.by !== 'id') return clean.body
  const before = await sight.resource(named.kind as Kind, named.id)
  if (before) assertSameReach(actor, accountId, before, labels)
  return clean.body
}

/** Labels of any other form are refused here: nothing that cannot be read is compared with a rule. */
function labelsIn(body: unknown): Record<string, string> | null {
  if (typeof body !== 'object' || body === null || !('labels' in body) || body.labels == null) return null
  const labels = readLabels(body.labels)
  if (labels) return labels
  throw new AppError('invalid_input', { fields: [{ path: 'labels', message: 'must be an object of texts' }] })
}
