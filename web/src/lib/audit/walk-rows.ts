import type { Attachment } from 'svelte/attachments'
import { isModalOpen, isTyping } from '#lib/ui/shortcuts.ts'

/** `j` and `k`, and inside the list the arrows, move the focus from one `[data-row]` to the next. */
export const walkRows: Attachment<HTMLElement> = (list) => {
  function keydown(event: KeyboardEvent) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    if (isTyping(event.target) || isModalOpen()) return
    const rows = [...list.querySelectorAll<HTMLElement>('[data-row]')]
    const at = rows.findIndex((row) => row === document.activeElement)
    const step = stepOf(event.key, at >= 0)
    const next = rows[Math.max(0, Math.min(rows.length - 1, at + step))]
    if (step === 0 || !next) return
    event.preventDefault()
    next.focus()
  }
  window.addEventListener('keydown', keydown)
  return () => window.removeEventListener('keydown', keydown)
}

function stepOf(key: string, inside: boolean): number {
  if (key === 'j' || (inside && key === 'ArrowDown')) return 1
  if (key === 'k' || (inside && key === 'ArrowUp')) return -1
  return 0
}
