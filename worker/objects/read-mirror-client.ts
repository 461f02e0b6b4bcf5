import { AppError } from '../kernel/errors.ts'
import { describeError, type Logger } from '../kernel/log.ts'
import type { MirrorAnswer, ReadMirrorObject } from './read-mirror.ts'

export interface MirrorPort {
  /** What the provider answers to this read; `fresh`: now, and not seconds ago. @throws AppError `provider_*` */
  read(accountId: string, target: string, fresh: boolean): Promise<MirrorAnswer>
  /** Something is being changed: nothing read before counts any more. */
  noteWrite(accountId: string): Promise<void>
}

export function createMirror(namespace: DurableObjectNamespace<ReadMirrorObject>, log: Logger): MirrorPort {
  const stub = (accountId: string) => namespace.get(namespace.idFromName(accountId))
  return {
    async read(accountId, target, fresh) {
      const reply = await stub(accountId).read(accountId, target, fresh)
      if ('answer' in reply) return reply.answer
      const { code, ...told } = reply.failure
      throw new AppError(code, told)
    },
    async noteWrite(accountId) {
      try {
        await stub(accountId).noteWrite()
      } catch (error) {
        log.warn('mirror.unavailable', { accountId, error: describeError(error) })
      }
    },
  }
}
