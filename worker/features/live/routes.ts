import type { ApiRouter } from '../../http/index.ts'
import { connectLive } from './connect-live.ts'

const description =
  'A WebSocket upgrade, with the session cookie, from our own origin. Every message is one JSON event: ' +
  '`{"type":"server.changed","serverIds":[…]}`, `operation.changed`, `account.changed`, `sync.finished`, ' +
  '`audit.appended`, `session.ended`, or, for owners, `alert.raised` and `alert.acknowledged`. Who may see only some ' +
  'servers is told `fleet.changed`, without ids. Events carry ids; read the objects through the API. Send `ping` to ' +
  'keep it open; the answer is `pong`. Close code 4401: the session has ended; 4408: open it again.'

/** Not an operation with a body, so it stands beside `api.add`, under the same permission. */
export function liveRoutes(api: ApiRouter): void {
  api.upgrade(
    { path: '/live', permission: 'servers:read', tag: 'Live', summary: 'What changes, as it changes', description },
    connectLive,
  )
}
