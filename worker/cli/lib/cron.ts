/** One field of a cron expression against a number: `*`, `*` with a step, or a plain number. */
function matches(field: string, value: number): boolean {
  if (field === '*') return true
  if (field.startsWith('*/')) return value % Number(field.slice(2)) === 0
  return Number(field) === value
}

/** Whether an expression (minute and hour; the rest `*`) is due in the minute of `atMs`, in UTC like Cloudflare's. */
export function isDue(expression: string, atMs: number): boolean {
  const [minute = '*', hour = '*'] = expression.split(' ')
  const at = new Date(atMs)
  return matches(minute, at.getUTCMinutes()) && matches(hour, at.getUTCHours())
}

/**
 * Calls `fire` for every due expression at the start of each minute, until the returned function is called.
 * A failure is passed to `onError` and the next minute comes all the same.
 */
export function startCron(
  expressions: readonly string[],
  fire: (expression: string, atMs: number) => Promise<void>,
  onError: (error: unknown) => void,
): () => void {
  let timer: NodeJS.Timeout
  const waitForMinute = () => {
    const minute = Math.floor(Date.now() / 60_000) + 1
    timer = setTimeout(
      () => {
        for (const each of expressions) if (isDue(each, minute * 60_000)) fire(each, minute * 60_000).catch(onError)
        waitForMinute()
      },
      minute * 60_000 - Date.now(),
    )
  }
  waitForMinute()
  return () => clearTimeout(timer)
}
