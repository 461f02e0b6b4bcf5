export type FieldError = { path: string; message: string }

export type ApiErrorInit = {
  code: string
  message: string
  status: number
  /** What to do next as the API says it: in English. */
  hint?: string | undefined
  /** What to do next, already in the person's language; wins over everything else. */
  words?: string | undefined
  requestId?: string | undefined
  fields?: FieldError[] | undefined
  meta?: Record<string, string | number | boolean | null> | undefined
}

/** Every failure of a call, whatever its cause, in one shape. `status` 0: no answer reached us. */
export class ApiError extends Error {
  readonly code: string
  readonly status: number
  readonly hint: string | undefined
  readonly words: string | undefined
  readonly requestId: string | undefined
  readonly fields: FieldError[]
  readonly meta: Record<string, string | number | boolean | null>

  constructor(init: ApiErrorInit) {
    super(init.message)
    this.name = 'ApiError'
    this.code = init.code
    this.status = init.status
    this.hint = init.hint
    this.words = init.words
    this.requestId = init.requestId
    this.fields = init.fields ?? []
    this.meta = init.meta ?? {}
  }

  /** What the API said about one field of a form. */
  field(path: string): string | undefined {
    return this.fields.find((field) => field.path === path)?.message
  }
}

/** Codes that only this side can know. */
export type ClientErrorCode = 'network_down' | 'aborted' | 'unreadable_answer'

/** Turns anything thrown into an ApiError, once. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  if (error instanceof DOMException && error.name === 'AbortError') {
    return new ApiError({ code: 'aborted', message: error.message, status: 0 })
  }
  if (error instanceof TypeError && /fetch|network|load failed/i.test(error.message)) {
    return new ApiError({ code: 'network_down', message: error.message, status: 0 })
  }
  return new ApiError({ code: 'internal', message: error instanceof Error ? error.message : String(error), status: 0 })
}

type WireError = {
  error?: {
    code?: string
    message?: string
    hint?: string
    requestId?: string
    fields?: FieldError[]
    meta?: ApiErrorInit['meta']
  }
}

/** Reads the API's error envelope; a body that is none (a proxy's page, say) still gives a usable error. */
export function fromResponse(response: Response, body: unknown): ApiError {
  const wire = (body as WireError | undefined)?.error
  return new ApiError({
    code: wire?.code ?? 'unreadable_answer',
    message: wire?.message ?? `HTTP ${response.status}`,
    status: response.status,
    hint: wire?.hint,
    requestId: wire?.requestId ?? response.headers.get('x-request-id') ?? undefined,
    fields: wire?.fields,
    meta: wire?.meta,
  })
}
