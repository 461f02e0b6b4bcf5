import type { Layer } from '../call.ts'
import { malformed, tryJson } from '../errors.ts'

/** Turns the body into what the call's schema promises: unknown fields pass, missing ones are `malformed`. */
export const parse: Layer = (next) => async (call) => {
  const reply = await next(call)
  const json = tryJson(reply.text)
  if (json === undefined) throw malformed(call, reply, `not JSON (${reply.text.length} characters)`)
  const result = call.schema.safeParse(json)
  if (result.success) return { ...reply, value: result.data }
  const [issue] = result.error.issues
  throw malformed(call, reply, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unexpected shape'}`)
}
