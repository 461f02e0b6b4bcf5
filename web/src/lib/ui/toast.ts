import type { ExternalToast } from 'svelte-sonner'
import { explainError } from '#lib/errors/explain.ts'
import { m } from '#lib/paraglide/messages.js'
import { copyText } from './copy.ts'
import { toasterWanted } from './toaster-wanted.svelte.ts'

async function show(
  kind: 'success' | 'info' | 'error' | 'message',
  title: string,
  options: ExternalToast,
): Promise<void> {
  const sonner = await import('svelte-sonner').catch(() => null)
  // Offline before the first toast: the frame's banner says so.
  if (!sonner) return
  toasterWanted.current = true
  sonner.toast[kind](title, options)
}

type Link = { label: string; run: () => void }

/** An own action came through. `link` leads to its record. */
export function toastOk(title: string, options: { text?: string; link?: Link } = {}): void {
  void show('success', title, {
    ...(options.text ? { description: options.text } : {}),
    ...(options.link ? { action: { label: options.link.label, onClick: options.link.run } } : {}),
  })
}

/** Something the person should know, that is neither success nor failure. */
export function toastInfo(title: string, text?: string): void {
  void show('info', title, text ? { description: text } : {})
}

/** Something that cannot wait: stays until it is dismissed or followed. */
export function toastAlert(title: string, link: Link): void {
  void show('error', title, {
    duration: Number.POSITIVE_INFINITY,
    action: { label: link.label, onClick: link.run },
  })
}

/** A failure: stays until dismissed, with a request id to copy. What was cancelled on purpose is not told. */
export function toastError(error: unknown, title?: string): void {
  const text = explainError(error)
  if (text.code === 'aborted') return
  const { requestId } = text
  void show('error', title ?? text.message, {
    description: title ? `${text.message} ${text.hint}` : text.hint,
    duration: Number.POSITIVE_INFINITY,
    ...(requestId ? { action: { label: m.ui_copy_request_id(), onClick: () => void copyText(requestId) } } : {}),
  })
}

/** Weight one of confirmation: it is done, and can be taken back for a while. */
export function undoToast(title: string, undo: () => unknown | Promise<unknown>): void {
  void show('message', title, {
    duration: 8_000,
    action: {
      label: m.ui_undo(),
      onClick: () => void Promise.resolve().then(undo).catch(toastError),
    },
  })
}
