import { m } from '#lib/paraglide/messages.js'
import type { MenuItem } from '#lib/ui/index.ts'
import { isLiving, type ApiKey } from './types.ts'

export type KeyVerb = 'rename' | 'rotate' | 'revoke'

/** What can be done with a key of one's own in its state. */
export function verbItems(key: ApiKey, choose: (verb: KeyVerb) => void): MenuItem[] {
  if (!isLiving(key)) return []
  const rotate = { id: 'rotate', label: m.keys_rotate(), onselect: () => choose('rotate') }
  return [
    { id: 'rename', label: m.keys_rename(), onselect: () => choose('rename') },
    ...(key.state === 'active' ? [rotate] : []),
    { id: 'revoke', label: m.keys_revoke(), tone: 'danger', onselect: () => choose('revoke') },
  ]
}
