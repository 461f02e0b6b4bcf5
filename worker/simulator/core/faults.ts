import { invalidField } from './errors.ts'
import type { CoreResponse } from './http.ts'
import type { FaultRecord } from './types.ts'
import type { World } from './world.ts'

/**
 * Faults on demand. What each kind does, and its options:
 *
 * | kind            | effect                                                             | options |
 * |-----------------|--------------------------------------------------------------------|---------|
 * | status          | answers this error; nothing is performed                           | status*, code, message, details, body (raw text), content_type |
 * | maintenance     | 403 maintenance; nothing is performed                              | |
 * | rate_limited    | 429 rate_limit_exceeded with no requests remaining                 | |
 * | cut             | connection cut before the operation                                | ms (wait first) |
 * | lost_reply      | operation performed, then the connection is cut                    | ms |
 * | malformed_body  | performed, answered with text that is no JSON                      | body |
 * | truncated_body  | performed, answer cut off in the middle                            | |
 * | latency         | performed, answered late                                           | ms* |
 * | unknown_status  | servers in the answer have a status that no document names         | value |
 * | missing_field   | a field is missing from every resource in the answer               | field* ("location") |
 * | slow_clock      | actions started by the request take longer                         | factor* |
 * | action_error    | the next action fails at its end                                   | command, code, message |
 * | sold_out        | a type and/or a location has no capacity, until cleared            | server_type, location |
 *
 * All kinds take `method`, `path` (regular expression over the path below /v1 with its query), `project`
 * (id or name), `times` (default 1; null = until cleared) and `skip` (let that many matching requests pass).
 */
export const FAULT_KINDS = [
  'status',
  'maintenance',
  'rate_limited',
  'cut',
  'lost_reply',
  'malformed_body',
  'truncated_body',
  'latency',
  'unknown_status',
  'missing_field',
  'slow_clock',
  'action_error',
  'sold_out',
] as const
export type FaultKind = (typeof FAULT_KINDS)[number]

/** Kinds that are looked up where they matter, not matched against requests. */
const WORLD_KINDS = new Set<string>(['sold_out', 'action_error'])

/** The faults that strike this request; each counts down by one. */
export function takeFaults(world: World, method: string, path: string, project: number | null): FaultRecord[] {
  const struck: FaultRecord[] = []
  for (const fault of world.tables.faults.all()) {
    if (WORLD_KINDS.has(fault.kind) || fault.times === 0) continue
    if (fault.project !== 0 && fault.project !== project) continue
    if (fault.method && fault.method !== method) continue
    if (fault.path && !new RegExp(fault.path).test(path)) continue
    if (fault.skip > 0) fault.skip--
    else {
      fault.hits++
      if (fault.times !== null) fault.times--
      struck.push(fault)
    }
    world.tables.faults.put(fault)
  }
  return struck
}

/** True while a `sold_out` fault covers the type at the location. */
export function isSoldOut(world: World, type: string, location: string): boolean {
  for (const { kind, times, options } of world.tables.faults.all()) {
    if (kind !== 'sold_out' || times === 0) continue
    if (options.server_type && options.server_type !== type) continue
    if (options.location && options.location !== location) continue
    return true
  }
  return false
}

/** The answer of a fault that strikes before the operation; undefined when none does. */
export function answerInstead(faults: FaultRecord[]): { status: number; error: Record<string, unknown> } | undefined {
  for (const { kind, options } of faults) {
    if (kind === 'status') return { status: Number(options.status ?? 500), error: statusError(options) }
    if (kind === 'maintenance')
      return { status: 403, error: { code: 'maintenance', message: 'resource is in maintenance' } }
    if (kind === 'rate_limited') {
      return { status: 429, error: { code: 'rate_limit_exceeded', message: 'limit of 3600 requests per hour reached' } }
    }
    if (kind === 'cut') return { status: 0, error: {} }
  }
  return undefined
}

/** Changes a finished answer the way the faults ask for. */
export function distort(response: CoreResponse, faults: FaultRecord[]): CoreResponse {
  return faults.reduce((answer, fault) => distortOnce(answer, fault), response)
}

export function slownessOf(faults: FaultRecord[]): number {
  const fault = faults.find(({ kind }) => kind === 'slow_clock')
  return fault ? Number(fault.options.factor) : 1
}

/** 422 when a fault's description cannot work. */
export function checkFault(kind: string, path: string | null, options: Record<string, unknown>): void {
  if (!(FAULT_KINDS as readonly string[]).includes(kind))
    throw invalidField('kind', `must be one of ${FAULT_KINDS.join(', ')}`)
  const needed: Record<string, string> = {
    status: 'status',
    latency: 'ms',
    missing_field: 'field',
    slow_clock: 'factor',
  }
  const option = needed[kind]
  if (option && options[option] === undefined) throw invalidField(option, `is required for ${kind}`)
  if (path && !isPattern(path)) throw invalidField('path', 'must be a regular expression')
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp
  } catch {
    return false
  }
}

function distortOnce(answer: CoreResponse, { kind, options }: FaultRecord): CoreResponse {
  const delayMs = (answer.delayMs ?? 0) + Number(options.ms ?? 0)
  switch (kind) {
    case 'latency':
      return { ...answer, delayMs }
    case 'cut':
    case 'lost_reply':
      return { ...answer, delayMs, cut: true }
    case 'status':
      return typeof options.body === 'string' ? withRawBody(answer, options) : answer
    case 'rate_limited':
      return { ...answer, headers: { ...answer.headers, 'ratelimit-remaining': '0' } }
    case 'malformed_body':
      return { ...answer, body: String(options.body ?? '{"servers": [{"id": 42, "name": oops') }
    case 'truncated_body':
      return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) }
    case 'unknown_status':
      return rewriteResources(answer, (resource) => {
        if ('server_type' in resource && 'status' in resource) resource.status = options.value ?? 'hibernating'
      })
    case 'missing_field':
      return rewriteResources(answer, (resource) => delete resource[String(options.field)])
    default:
      return answer
  }
}

function withRawBody(answer: CoreResponse, options: Record<string, unknown>): CoreResponse {
  const contentType = String(options.content_type ?? 'text/html')
  return { ...answer, body: String(options.body), headers: { ...answer.headers, 'content-type': contentType } }
}

function rewriteResources(answer: CoreResponse, change: (resource: Record<string, unknown>) => void): CoreResponse {
  if (answer.status >= 300 || answer.body === '') return answer
  const document = JSON.parse(answer.body) as Record<string, unknown>
  for (const [key, value] of Object.entries(document)) {
    if (key === 'meta') continue
    for (const resource of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (typeof resource === 'object' && resource !== null) change(resource as Record<string, unknown>)
    }
  }
  return { ...answer, body: JSON.stringify(document) }
}

function statusError(options: Record<string, unknown>): Record<string, unknown> {
  const status = Number(options.status ?? 500)
  const code = String(options.code ?? CODE_OF_STATUS[status] ?? 'server_error')
  return { code, message: String(options.message ?? `simulated ${code}`), details: options.details ?? null }
}

const CODE_OF_STATUS: Record<number, string> = {
  400: 'json_error',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  410: 'deprecated_api_endpoint',
  412: 'resource_unavailable',
  422: 'invalid_input',
  423: 'locked',
  429: 'rate_limit_exceeded',
  500: 'server_error',
  502: 'bad_gateway',
  503: 'unavailable',
  504: 'timeout',
}
