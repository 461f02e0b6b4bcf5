export type LogLevel = 'debug' | 'info' | 'warn' | 'error'
export type LogFields = Record<string, string | number | boolean | null | undefined>

/** Structured JSON, one line an event. Fields are named one by one so that a secret cannot slip in with an object. */
export interface Logger {
  debug(event: string, fields?: LogFields): void
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
  with(fields: LogFields): Logger
}

const order: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 }

export function createLogger(minimum: LogLevel, base: LogFields = {}): Logger {
  const write = (level: LogLevel, event: string, fields: LogFields = {}) => {
    if (order[level] < order[minimum]) return
    const line = JSON.stringify({ time: new Date().toISOString(), level, event, ...base, ...fields })
    if (level === 'error') console.error(line)
    else if (level === 'warn') console.warn(line)
    else console.log(line)
  }
  return {
    debug: (event, fields) => write('debug', event, fields),
    info: (event, fields) => write('info', event, fields),
    warn: (event, fields) => write('warn', event, fields),
    error: (event, fields) => write('error', event, fields),
    with: (fields) => createLogger(minimum, { ...base, ...fields }),
  }
}

/** What may be logged of an error we did not raise. A query's parameters never are: they hold secrets (drizzle prints them). */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return 'non-error thrown'
  const root = error.cause instanceof Error ? error.cause : error
  return `${root.name}: ${root.message}`.replace(/\bparams:[\s\S]*/i, 'params: [redacted]').slice(0, 500)
}
