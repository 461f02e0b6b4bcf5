import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CoreResponse } from '../../worker/simulator/core/http.ts'
import { SimulatorCore, type SimulatorOptions } from '../../worker/simulator/core/simulator.ts'

export interface SimulatorServer {
  simulator: SimulatorCore
  /** What `HCLOUD_ENDPOINT` takes. */
  endpoint: string
  /** Base address of the control API. */
  control: string
  stop: () => Promise<void>
}

/** Serves the simulator's core on a free port of 127.0.0.1, without workerd. A cut connection is a destroyed socket. */
export async function startSimulatorServer(options: SimulatorOptions = {}): Promise<SimulatorServer> {
  const simulator = new SimulatorCore(options)
  const server = createServer((request, response) => {
    answer(simulator, request, response).catch((error: unknown) => response.destroy(error as Error))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    simulator,
    endpoint: `${origin}/v1`,
    control: `${origin}/control`,
    stop: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        server.closeAllConnections()
      }),
  }
}

async function answer(simulator: SimulatorCore, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const result: CoreResponse = simulator.handle({
    method: request.method ?? 'GET',
    url: `http://${request.headers.host ?? '127.0.0.1'}${request.url ?? '/'}`,
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
    body: Buffer.concat(chunks).toString(),
  })
  if (result.delayMs) await sleep(result.delayMs)
  if (result.cut) {
    request.socket.destroy()
    return
  }
  response.writeHead(result.status, result.headers).end(result.body)
}
