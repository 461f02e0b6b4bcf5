import { Api } from './api.ts'
import { handleControl } from './control/index.ts'
import { ApiError } from './errors.ts'
import type { CoreRequest, CoreResponse } from './http.ts'
import { seedCompany } from './seed/company.ts'
import { createMemoryStore, type Store } from './store.ts'
import { World } from './world.ts'

export interface SimulatorOptions {
  store?: Store
  /** The real time in ms; tests may give their own. */
  wallClock?: () => number
  /** What an empty world starts with. Default: the company. */
  seed?: 'company' | 'empty'
}

/**
 * The simulated provider without any platform: a request in, an answer out, in one synchronous step.
 * The API answers below `…/v1`, the controls below `…/control`; whatever stands before is ignored.
 */
export class SimulatorCore {
  readonly world: World
  readonly api: Api

  constructor(options: SimulatorOptions = {}) {
    this.world = new World(options.store ?? createMemoryStore(), options.wallClock)
    this.api = new Api(this.world)
    if (this.world.isEmpty && options.seed !== 'empty') {
      seedCompany(this.world)
      this.world.commit()
    }
  }

  handle(request: CoreRequest): CoreResponse {
    const path = new URL(request.url).pathname.replaceAll(/\/{2,}/g, '/')
    const [, area, rest = ''] = /^(?:\/simulator)?\/(v1|control)(\/.*)?$/.exec(path) ?? []
    if (area === 'control') return handleControl(this, request, rest === '' ? '/' : rest)
    if (area === 'v1') return this.api.handle(request, rest)
    return notServed()
  }
}

function notServed(): CoreResponse {
  const error = new ApiError(404, 'not_found', 'the simulator answers below /v1 and /control')
  return { status: 404, headers: { 'content-type': 'application/json' }, body: JSON.stringify(error.toBody()) }
}
