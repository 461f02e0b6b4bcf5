import ServerIcon from '@lucide/svelte/icons/server'
import { goto } from '$app/navigation'
import { api, call } from '#lib/api/index.ts'
import { m } from '#lib/paraglide/messages.js'
import { session } from '#lib/session/session.svelte.ts'
import type { Command } from '#lib/ui/commands.svelte.ts'
import { reasonAgainst, type ProjectFacts } from './power/allowed.ts'
import { powerActions, powerFaces } from './power/power-actions.ts'
import { power } from './power/power.svelte.ts'
import { statusWord } from './status-face.ts'
import { callName, type Server } from './types.ts'

const MOST = 8

/** Servers by name, address, tag or label, for the palette. A failed search finds nothing. */
export async function findServers(query: string, signal: AbortSignal): Promise<Command[]> {
  const q = query.trim()
  if (q === '' || !session.can('servers:read')) return []
  const page = await call(api.GET('/api/v1/servers', { params: { query: { q, limit: MOST } }, signal })).catch(
    () => null,
  )
  return (page?.items ?? []).map((server) => ({
    id: `server-${server.id}`,
    label: callName(server),
    detail: `${server.account.name} · ${server.location} · ${statusWord(server.status)}`,
    group: m.shell_servers(),
    keywords: [server.name, server.ipv4 ?? ''],
    icon: ServerIcon,
    run: () => void goto(`/servers/${server.id}`),
  }))
}

/** What can be done now to the server that is open. */
export function commandsFor(server: Server, project: ProjectFacts | null): Command[] {
  return powerActions
    .filter((action) => reasonAgainst(action, server, project) === undefined)
    .map((action) => ({
      id: `power-${action}`,
      label: `${powerFaces[action].verb()} · ${callName(server)}`,
      group: m.servers_this_server(),
      icon: powerFaces[action].icon,
      run: () => power.ask(server, action),
    }))
}
