import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { AppError } from '../kernel/errors.ts'
import { describeError, type Logger } from '../kernel/log.ts'

/** The one place where an error becomes an answer. What we did not foresee is a 500 that says nothing of itself. */
export function toErrorResponse(c: Context, error: unknown, requestId: string, log: Logger): Response {
  const known = toKnown(error)
  const fields = {
    code: known.code,
    status: known.status,
    detail: known.detail,
    path: c.req.path,
    method: c.req.method,
  }
  if (known.status >= 500) log.error('request.failed', { ...fields, cause: describeError(known.cause ?? error) })
  else log.info('request.refused', fields)
  const retryAfter = known.meta?.['retryAfterS']
  if (typeof retryAfter === 'number') c.header('Retry-After', String(Math.ceil(retryAfter)))
  return c.json(
    {
      error: {
        code: known.code,
        message: known.message,
        ...(known.hint ? { hint: known.hint } : {}),
        requestId,
        ...(known.fields ? { fields: known.fields } : {}),
        ...(known.meta ? { meta: known.meta } : {}),
      },
    },
    known.status as ContentfulStatusCode,
  )
}

function toKnown(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (error instanceof HTTPException) return fromHttpException(error)
  return new AppError('internal', { cause: error })
}

function fromHttpException(error: HTTPException): AppError {
  if (error.status === 413) return new AppError('payload_too_large', { cause: error })
  if (error.status === 400) return new AppError('malformed_body', { cause: error })
  if (error.status === 404) return new AppError('not_found', { cause: error })
  return new AppError(error.status < 500 ? 'invalid_input' : 'internal', { cause: error })
}
