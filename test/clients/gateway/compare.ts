import { isDeepStrictEqual } from 'node:util'
import { Names } from './normalise.ts'
import type { LibraryCall } from '../python.ts'
import type { Call } from './play.ts'

export interface Difference {
  step: string
  direct: unknown
  gateway: unknown
}

/** Every call that ended otherwise, said otherwise or showed otherwise than the same one of the other run. */
export function compare(direct: readonly Call[], gateway: readonly Call[]): Difference[] {
  const [told, passed] = [direct, gateway].map(read) as [Read[], Read[]]
  return told.flatMap((call, index) => {
    const other = passed[index]
    if (isDeepStrictEqual(call, other)) return []
    return [{ step: call.step, direct: call, gateway: other }]
  })
}

/** What the gateway does not even send on is refused in the same form, for the same field; the advice is its own. */
const refusedHere = new Set(['server rebuild from an impossible image', 'server with labels of another form'])

const withoutAdvice = (call: LibraryCall): unknown =>
  JSON.parse(JSON.stringify(call), (key, value: unknown) => (key === 'messages' ? [] : value))

/** The same of every call that a library made. */
export function compareLibrary(direct: readonly LibraryCall[], gateway: readonly LibraryCall[]): object[] {
  const [told, passed] = [direct, gateway].map((calls) => {
    const names = new Names()
    return calls.map((call) => names.json(refusedHere.has(call.step) ? withoutAdvice(call) : call))
  }) as [object[], object[]]
  const length = Math.max(told.length, passed.length)
  return Array.from({ length }, (_, at) => ({ direct: told[at], gateway: passed[at] })).filter(
    (one) => !isDeepStrictEqual(one.direct, one.gateway),
  )
}

interface Read {
  step: string
  code: number
  stdout: unknown
  stderr: string
}

function read(calls: readonly Call[]): Read[] {
  const names = new Names()
  return calls.map(({ step, code, stdout, stderr }) => ({
    step: step.id,
    code,
    stdout: /^[[{]/.test(stdout) ? names.json(withoutMeasurements(JSON.parse(stdout))) : names.text(stdout),
    stderr: names.text(stderr),
  }))
}

/** What a server measures is its own; how many values of what there are is not. */
function withoutMeasurements(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null || !('metrics' in answer)) return answer
  return JSON.parse(JSON.stringify(answer), (key, value: unknown) =>
    key === 'values' && Array.isArray(value) ? value.map((pair: unknown[]) => [pair[0], typeof pair[1]]) : value,
  )
}
