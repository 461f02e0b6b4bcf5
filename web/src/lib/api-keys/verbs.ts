import { m } from '#lib/paraglide/messages.js'
import { session } from '#lib/session/session.svelte.ts'
import type { MenuItem } from '#lib/ui/index.ts'
import { isLiving, type ApiKey } from './types.ts'

export type KeyVerb = 'rename' | 'rotate' | 'revoke'

export const isOwn = ({ owner }: ApiKey): boolean => owner.id === session.user?.id

/** What can be done with a key in its state: everything with one's own, and an owner ends anybody's. */
export function verbItems(key: ApiKey, choose: (verb: KeyVerb) => void): MenuItem[] {
  if (!isLiving(key)) return []
  const rotate = { id: 'rotate', label: m.keys_rotate(), onselect: () => choose('rotate') }
  const rename = { id: 'rename', label: m.keys_rename(), onselect: () => choose('rename') }
  return [
    ...(isOwn(key) ? [rename, ...(key.state === 'active' ? [rotate] : [])] : []),
    { id: 'revoke', label: m.keys_revoke(), tone: 'danger', onselect: () => choose('revoke') },
  ]
}
