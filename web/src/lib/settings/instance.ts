import { readAnswer, transport } from '#lib/api/transport.ts'

export type Service = 'ready' | 'not_ready' | 'unreachable'

/** The address at which this instance is reached and passkeys work. @throws ApiError */
export async function readAddress(): Promise<string> {
  const setup = await readAnswer<{ publicOrigin: string }>(await transport(new Request('/api/v1/setup')))
  return setup.publicOrigin
}

/** Whether it can do its work now: the process answers, and so does the database. */
export async function readService(): Promise<Service> {
  try {
    const response = await fetch('/readyz', { cache: 'no-store' })
    return response.ok ? 'ready' : 'not_ready'
  } catch {
    return 'unreachable'
  }
}
