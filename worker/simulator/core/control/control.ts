import type { Api } from '../api.ts'
import type { Body } from '../body.ts'
import type { World } from '../world.ts'

/** What a control handler gets: the simulator, path parameters, query and body. */
export interface Control {
  simulator: { world: World; api: Api }
  params: [string, string]
  query: URLSearchParams
  body: Body
}
