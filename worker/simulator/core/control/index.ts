import { Body } from '../body.ts'
import { ApiError } from '../errors.ts'
import type { CoreRequest, CoreResponse } from '../http.ts'
import type { Control } from './control.ts'
import { addFault, clearFaults, listFaults } from './faults.ts'
import { clearLog, getCounters, listRequests, listWrites } from './log.ts'
import { addProjectToken, createProject, listProjects, listTokens, setLimits, setTokenRevoked } from './projects.ts'
import { changeServer, deleteServerOutside } from './servers.ts'
import { advanceTime, getWorld, resetWorld, seedServers, setTime } from './world.ts'

type ControlHandler = (control: Control) => unknown

/**
 * The control API of the simulated world. It exists only here; the provider has nothing like it. No token is needed.
 *
 * | method, path below /control     | what it does                                    | body or query |
 * |---------------------------------|-------------------------------------------------|---------------|
 * | GET /                           | projects, tokens, time, counts                  | |
 * | POST /reset                     | empties the world and seeds it anew             | {seed: company\|empty} |
 * | POST /seed                      | adds many servers in one write                  | {project, servers} |
 * | GET, POST /projects             | lists; creates one with a read-write token      | {name} |
 * | GET /tokens                     | every token with project, access, state         | |
 * | POST /projects/{p}/tokens       | adds a token                                    | {name, access: read_write\|read} |
 * | PUT /projects/{p}/limits        | quotas, rate limit, what is left of it          | {servers…, rate_limit, rate_remaining} |
 * | POST /tokens/{id}/revoke        | every use answers 401 from now on               | |
 * | POST /tokens/{id}/restore       | takes that back                                 | |
 * | GET, POST, DELETE /faults       | lists, adds, clears (see core/faults.ts)        | {kind, method, path, project, times, skip, …options} |
 * | DELETE /faults/{id}             | clears one                                      | |
 * | GET, PUT /time                  | scale (0 = at once), frozen                     | {scale, frozen} |
 * | POST /time/advance              | moves the clock                                 | {seconds} |
 * | GET, DELETE /requests           | the last requests; clears them and the counters | ?project&method&path |
 * | GET /counters                   | requests per project, method and route          | ?project |
 * | GET /writes                     | every write ever sent, kept across restarts     | ?project&method&path&performed=true |
 * | PUT /projects/{p}/servers/{s}   | changes a server from outside                   | {name, status, labels, locked, type, location} |
 * | DELETE /projects/{p}/servers/{s}| deletes a server from outside, without a trace  | |
 *
 * {p} and {s} are an id or a name.
 */
const ROUTES: [method: string, path: RegExp, handler: ControlHandler][] = [
  ['GET', /^\/$/, getWorld],
  ['POST', /^\/reset$/, resetWorld],
  ['POST', /^\/seed$/, seedServers],
  ['GET', /^\/projects$/, listProjects],
  ['POST', /^\/projects$/, createProject],
  ['POST', /^\/projects\/([^/]+)\/tokens$/, addProjectToken],
  ['PUT', /^\/projects\/([^/]+)\/limits$/, setLimits],
  ['PUT', /^\/projects\/([^/]+)\/servers\/([^/]+)$/, changeServer],
  ['DELETE', /^\/projects\/([^/]+)\/servers\/([^/]+)$/, deleteServerOutside],
  ['GET', /^\/tokens$/, listTokens],
  ['POST', /^\/tokens\/(\d+)\/revoke$/, (control) => setTokenRevoked(control, true)],
  ['POST', /^\/tokens\/(\d+)\/restore$/, (control) => setTokenRevoked(control, false)],
  ['GET', /^\/faults$/, listFaults],
  ['POST', /^\/faults$/, addFault],
  ['DELETE', /^\/faults(?:\/(\d+))?$/, clearFaults],
  ['GET', /^\/time$/, ({ simulator }) => ({ time: simulator.world.time, now: simulator.world.now() })],
  ['PUT', /^\/time$/, setTime],
  ['POST', /^\/time\/advance$/, advanceTime],
  ['GET', /^\/requests$/, listRequests],
  ['DELETE', /^\/requests$/, clearLog],
  ['GET', /^\/counters$/, getCounters],
  ['GET', /^\/writes$/, listWrites],
]

/** Answers a control request: JSON, 200, or the provider's error envelope. */
export function handleControl(simulator: Control['simulator'], request: CoreRequest, path: string): CoreResponse {
  try {
    simulator.world.settle()
    return json(200, dispatch(simulator, request, path))
  } catch (error) {
    if (error instanceof ApiError) return json(error.status, error.toBody())
    throw error
  } finally {
    simulator.world.commit()
  }
}

function dispatch(simulator: Control['simulator'], request: CoreRequest, path: string): unknown {
  const known = ROUTES.filter(([, pattern]) => pattern.test(path))
  if (known.length === 0) throw new ApiError(404, 'not_found', 'no such control')
  const route = known.find(([method]) => method === request.method)
  if (!route) throw new ApiError(405, 'method_not_allowed', 'method not allowed')
  const [, first = '', second = ''] = route[1].exec(path) ?? []
  const params: [string, string] = [decodeURIComponent(first), decodeURIComponent(second)]
  return route[2]({ simulator, params, query: new URL(request.url).searchParams, body: readBody(request.body) })
}

function readBody(text: string): Body {
  try {
    return new Body(text.trim() === '' ? {} : (JSON.parse(text) as Record<string, unknown>))
  } catch {
    throw new ApiError(400, 'json_error', 'could not parse request body as JSON')
  }
}

function json(status: number, body: unknown): CoreResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}
