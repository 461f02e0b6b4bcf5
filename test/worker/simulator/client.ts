import { SimulatorCore, type SimulatorOptions } from '../../../worker/simulator/core/simulator.ts'

export interface Answer {
  status: number
  headers: Record<string, string>
  body: any // oxlint-disable-line typescript/no-explicit-any
  text: string
  cut: boolean
  delayMs: number
}

type Send = (method: string, path: string, body?: unknown) => Answer

/** A world of its own with one project, and what tests say to it. The clock stands still until `advance`. */
export interface TestWorld {
  simulator: SimulatorCore
  token: string
  get: (path: string) => Answer
  post: (path: string, body?: unknown) => Answer
  send: (method: string, path: string, body?: unknown, token?: string | null) => Answer
  control: Send
  advance: (seconds: number) => void
  /** Creates a server that is ready, and gives its id. */
  server: (name: string, body?: Record<string, unknown>) => number
}

export function createTestWorld(options: SimulatorOptions = {}): TestWorld {
  const simulator = new SimulatorCore({ seed: 'empty', ...options })
  const control: Send = (method, path, body) => call(simulator, method, `/control${path}`, body, null)
  const project = control('POST', '/projects', { name: 'test' }).body.project
  control('PUT', '/time', { frozen: true })
  return { simulator, control, ...speak(simulator, project.token as string) }
}

/** What tests say to a simulator with a token. */
export function speak(simulator: SimulatorCore, token: string): Omit<TestWorld, 'simulator' | 'control'> {
  const send: TestWorld['send'] = (method, path, body, as = token) => call(simulator, method, `/v1${path}`, body, as)
  const advance = (seconds: number): void => simulator.world.advance(seconds * 1_000)
  return {
    token,
    send,
    advance,
    get: (path) => send('GET', path),
    post: (path, body) => send('POST', path, body),
    server(name, body = {}) {
      const created = send('POST', '/servers', {
        name,
        server_type: 'cpx22',
        image: 'debian-12',
        location: 'fsn1',
        ...body,
      })
      if (created.status !== 201) throw new Error(created.text)
      advance(10)
      return created.body.server.id as number
    },
  }
}

export function call(
  simulator: SimulatorCore,
  method: string,
  path: string,
  body?: unknown,
  token?: string | null,
): Answer {
  const answer = simulator.handle({
    method,
    url: `http://simulator.internal${path}`,
    headers: token ? { authorization: `Bearer ${token}` } : {},
    body: body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body),
  })
  return {
    status: answer.status,
    headers: answer.headers,
    text: answer.body,
    body: parse(answer.body),
    cut: answer.cut ?? false,
    delayMs: answer.delayMs ?? 0,
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Status and code of an answer that is to be a refusal. */
export function refusal(answer: Answer): [number, string] {
  return [answer.status, answer.body?.error?.code as string]
}
