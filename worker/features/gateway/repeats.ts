import type { StoredAnswer } from '../../http/index.ts'
import { keyIdentity } from '../../kernel/actor.ts'
import { minutes } from '../../kernel/clock.ts'
import { sha256 } from '../../kernel/crypto.ts'
import { AppError } from '../../kernel/errors.ts'
import { describeError } from '../../kernel/log.ts'
import { redact } from '../../provider/hetzner/operations/index.ts'
import { idempotencyStore as store } from '../idempotency/index.ts'
import { jsonHeaders, type GatewayAnswer, type GatewayRequest } from './request.ts'

type Run = () => Promise<GatewayAnswer>

/** How long a repeat that was told to wait is expected. */
const againMs = minutes(2)
const longestKey = 200

/**
 * Repeats are done once where doing them twice would be wrong (docs/decisions/0015): by the client's own key where it
 * sends one; otherwise only where something with a name of its own is created while the same request is under way. The
 * one that comes again is told to wait, in words that make the official clients wait and ask again, and then gets what
 * the first has made. Everything else may be meant, and is sent.
 * @throws AppError `idempotency_in_progress`, `idempotency_mismatch`, `outcome_unknown`, and whatever `run` throws
 */
export async function onceOnly(request: GatewayRequest, run: Run): Promise<GatewayAnswer> {
  const { idempotencyKey, operation } = request
  if (idempotencyKey !== null) return byKey(request, idempotencyKey, run)
  return operation.repeat === 'named' && hasName(request) ? byName(request, run) : run()
}

const hasName = ({ clean: { body } }: GatewayRequest): boolean =>
  typeof body === 'object' && body !== null && 'name' in body && typeof body.name === 'string' && body.name !== ''

/** Keys belong to the API key that sends them. */
const idOf = ({ actor }: GatewayRequest, kind: string, text: string): Promise<string> =>
  sha256(`gateway ${kind}\n${keyIdentity(actor).keyId ?? ''}\n${text}`)

async function byKey(request: GatewayRequest, key: string, run: Run): Promise<GatewayAnswer> {
  const { ctx, hash } = request
  if (key.length > longestKey) {
    throw new AppError('invalid_input', { fields: [{ path: 'Idempotency-Key', message: 'At most 200 characters.' }] })
  }
  const id = await idOf(request, 'key', key)
  const known = await store.claim(ctx, id, hash)
  if (known === 'running') throw underWay()
  if (known === 'mismatch') throw new AppError('idempotency_mismatch')
  if (known !== 'claimed') {
    if ('lost' in known) throw new AppError('outcome_unknown', { meta: { operationId: known.lost } })
    return replayed(known)
  }
  // What may have been done is not done again: the record says what became of it (docs/decisions/0009).
  return keep(request, id, run, { isWanted: async () => true, mayRepeat: surelyDidNothing })
}

async function byName(request: GatewayRequest, run: Run): Promise<GatewayAnswer> {
  const { ctx, hash } = request
  const id = await idOf(request, 'name', hash)
  const again = `${id}-again`
  const known = await store.claim(ctx, id, hash)
  if (known === 'running') {
    await store.claim(ctx, again, hash)
    throw underWay()
  }
  if (known === 'claimed') {
    // Somebody who came again while it ran is still waiting; everybody else means what they send.
    const isAwaited = async () => (await store.claim(ctx, again, hash)) !== 'claimed'
    return keep(request, id, run, { isWanted: isAwaited, mayRepeat: () => true }).finally(() =>
      store.forget(ctx, again),
    )
  }
  const kept = known === 'mismatch' || 'lost' in known ? null : readKept(known)
  if (!kept || ctx.clock.now() >= kept.until) {
    await store.forget(ctx, id)
    return byName(request, run)
  }
  // The provider decides: only where the name is taken, by what the first has made, there is nothing left to do.
  const answer = await run()
  return isNameTaken(answer) ? replayed(kept) : answer
}

/** What a repeat by name is kept for: shorter than the keys of clients. */
const readKept = ({ status, body }: StoredAnswer) => ({
  status,
  ...(JSON.parse(body) as { until: number; body: string }),
})

interface Keeping {
  /** Whether anybody will ask for the answer again. */
  isWanted: () => Promise<boolean>
  /** Whether it may be sent once more after it ended so. */
  mayRepeat: (end: GatewayAnswer | Error) => boolean
}

async function keep(request: GatewayRequest, id: string, run: Run, keeping: Keeping): Promise<GatewayAnswer> {
  const forget = () => quietly(request, store.forget(request.ctx, id))
  let answer: GatewayAnswer
  try {
    answer = await run()
  } catch (error) {
    if (error instanceof Error && keeping.mayRepeat(error)) await forget()
    throw error
  }
  if (answer.status < 400) await quietly(request, settle(request, id, answer, keeping.isWanted))
  else if (keeping.mayRepeat(answer)) await forget()
  return answer
}

/** A refusal changes nothing; behind an answer that was lost, and behind any 5xx but a 503, the work may be done. */
const surelyDidNothing = (end: GatewayAnswer | Error): boolean =>
  end instanceof Error
    ? !(end instanceof AppError && end.code === 'outcome_unknown')
    : end.status < 500 || end.status === 503

async function settle(
  request: GatewayRequest,
  id: string,
  answer: GatewayAnswer,
  isWanted: () => Promise<boolean>,
): Promise<void> {
  const { ctx, idempotencyKey } = request
  if (!(await isWanted())) return store.forget(ctx, id)
  const body = withoutSecrets(request, answer.body)
  const kept = idempotencyKey === null ? JSON.stringify({ until: ctx.clock.now() + againMs, body }) : body
  await store.complete(ctx, id, { status: answer.status, body: kept })
}

/** Passwords are told once, to whoever was there. */
const withoutSecrets = ({ operation }: GatewayRequest, body: string | null): string =>
  body === null ? '' : JSON.stringify(redact(operation, JSON.parse(body), () => false))

const replayed = ({ status, body }: StoredAnswer): GatewayAnswer => ({
  status,
  headers: { ...jsonHeaders, 'idempotency-replayed': 'true' },
  body: body === '' ? null : body,
})

function isNameTaken({ status, body }: GatewayAnswer): boolean {
  return status === 409 && /"code"\s*:\s*"uniqueness_error"/.test(body ?? '')
}

const underWay = () => new AppError('idempotency_in_progress', { message: 'The same request is under way.' })

/** The answer is true all the same. */
async function quietly({ ctx }: GatewayRequest, work: Promise<void>): Promise<void> {
  try {
    await work
  } catch (error) {
    ctx.log.error('idempotency.settle_failed', { error: describeError(error) })
  }
}
