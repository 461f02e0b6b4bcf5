import type { Failure } from './failure-text.ts'

/** Failures of one kind, one after the other, of one project and call: told once, with how often. Newest first. */
export interface Run {
  id: string
  newest: Failure
  failures: Failure[]
}

const sameRun = (a: Failure, b: Failure) =>
  a.kind === b.kind &&
  a.accountId === b.accountId &&
  a.status === b.status &&
  a.method === b.method &&
  a.path === b.path

export function groupRuns(failures: readonly Failure[]): Run[] {
  const runs: Run[] = []
  for (const failure of failures) {
    const last = runs.at(-1)
    if (last && sameRun(last.newest, failure)) last.failures.push(failure)
    else runs.push({ id: failure.id, newest: failure, failures: [failure] })
  }
  return runs
}
