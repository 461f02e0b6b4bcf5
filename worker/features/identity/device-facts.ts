import { countryOf, type HttpContext } from '../../http/index.ts'
import type { DeviceFacts } from './sessions/open.ts'

export function deviceFacts(http: HttpContext): DeviceFacts {
  return { country: countryOf(http.req.header('cf-ipcountry')) }
}
