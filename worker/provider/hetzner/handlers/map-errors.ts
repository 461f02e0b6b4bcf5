import type { Layer } from '../call.ts'
import { fromReply } from '../errors.ts'

/** Lets only 2xx answers through. */
export const mapErrors: Layer = (next) => async (call) => {
  const reply = await next(call)
  if (reply.status < 200 || reply.status > 299) throw fromReply(call, reply)
  return reply
}
