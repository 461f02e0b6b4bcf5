import { AppError } from '../../kernel/errors.ts'
import { idsOf, lacking } from './check-references.ts'
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
  // A record has labels that no rule is about: it belongs to its zone.
  if (operation.labels !== 'replace' || operation.parameters.at(-1)?.kind === 'none') return clean.body
  const labels = labelsIn(clean.body)
  if (!labels) return withoutLabels(clean.body)
  const named = clean.references.find(({ where }) => where.startsWith('path.'))
  for (const id of named ? await idsOf(request, named) : []) {
    assertSameReach(actor, accountId, await sight.resource(named?.kind as Kind, id), labels)
  }
  return clean.body
}

/** Null is for "as they are" (FACTS §12), and never for "none". */
function withoutLabels(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'labels'))
}

/** Labels of any other form are refused here: nothing that cannot be read is compared with a rule. */
function labelsIn(body: unknown): Record<string, string> | null {
  if (typeof body !== 'object' || body === null || !('labels' in body) || body.labels == null) return null
  const labels = readLabels(body.labels)
  if (labels) return labels
  throw new AppError('invalid_input', { fields: [{ path: 'labels', message: 'must be an object of texts' }] })
}
