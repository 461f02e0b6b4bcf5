import { goto } from '$app/navigation'
import { live } from '#lib/live/live.svelte.ts'
import { m } from '#lib/paraglide/messages.js'
import { toastOk } from '#lib/ui/toast.ts'

/** Tells whoever is signed in here that a key of theirs asks. Returns what ends it. */
export function watchApprovals(): () => void {
  return live.on('approval.requested', ({ approvalId }) => {
    const run = () => void goto(`/approvals/${approvalId}`)
    toastOk(m.approval_toast(), { link: { label: m.approval_open(), run } })
  })
}
