import type { Command } from './commands.svelte.ts'

const SEQUENCE_MS = 1_000

/** True where a key press is text, not a command. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName) || target.role === 'combobox'
}

/** True while a dialog or menu has the keyboard. */
export function isModalOpen(): boolean {
  return document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]') !== null
}

/** The stroke of an event as commands write it: "mod+k", "g", "?". Layout-dependent keys are taken as typed. */
export function strokeOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): string {
  const key = event.key.toLowerCase()
  if (event.altKey) return `alt+${key}`
  return event.ctrlKey || event.metaKey ? `mod+${key}` : key
}

/**
 * Turns key presses into commands, sequences included. Returns a keydown handler. Single keys do nothing while one
 * types or a dialog is open; with the modifier they always work.
 */
export function createShortcuts(find: () => Command[]): (event: KeyboardEvent) => void {
  let pending = ''
  let pendingAt = 0
  return (event) => {
    if (event.defaultPrevented || event.isComposing) return
    const stroke = strokeOf(event)
    if (!stroke.startsWith('mod+') && (isTyping(event.target) || isModalOpen())) return
    const sequence = pending && Date.now() - pendingAt < SEQUENCE_MS ? `${pending} ${stroke}` : stroke
    const available = find()
    const match =
      available.find((command) => command.keys === sequence) ?? available.find((command) => command.keys === stroke)
    if (match) {
      event.preventDefault()
      pending = ''
      match.run()
      return
    }
    pending = available.some((command) => command.keys?.startsWith(`${stroke} `)) ? stroke : ''
    pendingAt = Date.now()
  }
}
