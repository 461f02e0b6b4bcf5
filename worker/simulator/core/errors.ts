/** A refusal in the provider's envelope (FACTS §2): `details` is always sent, null where there is none. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly details: unknown

  constructor(status: number, code: string, message: string, details: unknown = null) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.code = code
    this.details = details
  }

  toBody(): { error: { code: string; message: string; details: unknown } } {
    return { error: { code: this.code, message: this.message, details: this.details } }
  }
}

export interface FieldProblem {
  name: string
  messages: string[]
}

export const invalidInput = (fields: FieldProblem[], message?: string): ApiError =>
  new ApiError(
    422,
    'invalid_input',
    message ??
      `invalid input in field${fields.length === 1 ? '' : 's'} ${fields.map((field) => `'${field.name}'`).join(', ')}`,
    { fields },
  )

export const invalidField = (name: string, message: string): ApiError => invalidInput([{ name, messages: [message] }])

export const notFound = (what: string, id: number | string): ApiError =>
  new ApiError(404, 'not_found', `${what} with ID '${id}' not found`)

export const uniquenessError = (message: string, field: string): ApiError =>
  new ApiError(409, 'uniqueness_error', message, { fields: [{ name: field }] })

export const limitExceeded = (limit: string): ApiError =>
  new ApiError(403, 'resource_limit_exceeded', `${limit} limit exceeded`, { limits: [{ name: `${limit}_limit` }] })

export const resourceUnavailable = (message: string): ApiError => new ApiError(412, 'resource_unavailable', message, {})

export const locked = (what: string): ApiError =>
  new ApiError(423, 'locked', `cannot perform operation because ${what} is locked`)

export const protectedError = (message: string): ApiError => new ApiError(423, 'protected', message)

/** A refusal with a domain code, status 422. */
export const refused = (code: string, message: string): ApiError => new ApiError(422, code, message)
