import type { components, paths } from '#lib/api/schema.d.ts'
import { formatDate } from '#lib/format/index.ts'
import { m } from '#lib/paraglide/messages.js'
import type { StatusTone } from '#lib/ui/status-badge.svelte'

export type ApiKey = components['schemas']['ApiKey']
export type KeyDetail = components['schemas']['ApiKeyDetail']
export type KeyPreview = components['schemas']['ApiKeyPreview']
export type MadeKey = components['schemas']['MadeApiKey']
export type Approval = components['schemas']['KeyApproval']
export type KeyState = ApiKey['state']
export type NewKey = paths['/api/v1/me/api-keys']['post']['requestBody']['content']['application/json']
export type KeyScope = NonNullable<NewKey['scopes']>[number]
export type KeyStepUp = NonNullable<NewKey['stepUp']>
export type KeyPermission = NewKey['permissions'][number]

const faces = {
  active: { tone: 'ok', label: () => m.keys_state_active() },
  replacing: {
    tone: 'busy',
    label: ({ overlapUntil }: ApiKey) =>
      m.keys_state_replacing({ date: overlapUntil ? formatDate(new Date(overlapUntil)) : '' }),
  },
  replaced: { tone: 'off', label: () => m.keys_state_replaced() },
  expired: { tone: 'off', label: () => m.keys_state_expired() },
  revoked: { tone: 'bad', label: () => m.keys_state_revoked() },
} satisfies Record<KeyState, { tone: StatusTone; label: (key: ApiKey) => string }>

export const keyStates = Object.keys(faces) as KeyState[]

/** Of any key in this state. */
export const stateText = (state: KeyState): string =>
  state === 'replacing' ? m.keys_state_replacing_short() : faces[state].label()

export function faceOf(key: ApiKey): { tone: StatusTone; label: string } {
  const { tone, label } = faces[key.state]
  return { tone, label: label(key) }
}

/** It still works, as far as it itself goes. */
export const isLiving = ({ state }: ApiKey): boolean => state === 'active' || state === 'replacing'
