import type { HttpContext } from '../../http/index.ts'
import type { DeviceFacts } from './sessions/open.ts'

/** Cloudflare says where a request comes from; XX and T1 mean that it does not know. */
export function deviceFacts(http: HttpContext): DeviceFacts {
  const country = http.req.header('cf-ipcountry')
  return { country: country && /^[A-Z]{2}$/.test(country) && country !== 'XX' ? country : null }
}
