import { AppError } from '../kernel/errors.ts'
import { describeError, type Logger } from '../kernel/log.ts'
import type { PolledAction } from './action-polls.ts'
import type { MirrorAnswer, MirrorReply, ReadMirrorObject } from './read-mirror.ts'

export interface MirrorPort {
  /** What the provider answers to this read; `fresh`: now, and not seconds ago. @throws AppError `provider_*` */
  read(accountId: string, target: string, fresh: boolean): Promise<MirrorAnswer>
  /** Several reads in one call. @throws AppError `provider_*`, the first of them */
  readMany(accountId: string, targets: readonly string[], fresh: boolean): Promise<MirrorAnswer[]>
  /** These actions as they are, or were a moment ago; `answer`: the provider refused. @throws AppError `provider_*` */
  readActions(accountId: string, ids: readonly string[]): Promise<Polled>
  /** Something is being changed: nothing read before counts any more, and what is read soon may be half-way. */
  noteWrite(accountId: string): Promise<void>
  /** Something has ended: nothing read before counts any more. */
  noteEnd(accountId: string): Promise<void>
}

export type Polled = { actions: PolledAction[]; headers: Record<string, string> } | { answer: MirrorAnswer }

export function createMirror(namespace: DurableObjectNamespace<ReadMirrorObject>, log: Logger): MirrorPort {
  const stub = (accountId: string) => namespace.get(namespace.idFromName(accountId))
  const note = async (accountId: string, what: 'noteWrite' | 'noteEnd') => {
    try {
      await stub(accountId)[what]()
    } catch (error) {
      log.warn('mirror.unavailable', { accountId, error: describeError(error) })
    }
  }
  return {
    async read(accountId, target, fresh) {
      return answerOf(await stub(accountId).read(accountId, target, fresh))
    },
    async readMany(accountId, targets, fresh) {
      return (await stub(accountId).readMany(accountId, targets, fresh)).map(answerOf)
    },
    async readActions(accountId, ids) {
      const reply = await stub(accountId).readActions(accountId, ids)
      return 'failure' in reply ? fail(reply.failure) : reply
    },
    noteWrite: (accountId) => note(accountId, 'noteWrite'),
    noteEnd: (accountId) => note(accountId, 'noteEnd'),
  }
}

const answerOf = (reply: MirrorReply): MirrorAnswer => ('answer' in reply ? reply.answer : fail(reply.failure))

function fail({ code, ...told }: Extract<MirrorReply, { failure: unknown }>['failure']): never {
  throw new AppError(code, told)
}
