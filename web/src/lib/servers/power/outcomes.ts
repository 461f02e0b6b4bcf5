import { goto } from '$app/navigation'
import { api, call } from '#lib/api/index.ts'
import { live } from '#lib/live/live.svelte.ts'
import { m } from '#lib/paraglide/messages.js'
import { toastError, toastInfo, toastOk } from '#lib/ui/toast.ts'
import { ApiError } from '#lib/errors/index.ts'
import type { Operation } from '../types.ts'
import { isOpen } from './allowed.ts'
import { powerFaces, toPowerAction } from './power-actions.ts'

const ASK_MS = 10_000

/**
 * Operations begun here, followed to their end, which is told once, wherever the person is by then. Live events tell
 * of it; as they may be lost, it is also asked for now and then.
 */
class Outcomes {
  #names = new Map<string, string>()
  #stop: (() => void) | null = null

  follow({ id, serverName }: Pick<Operation, 'id' | 'serverName'>): void {
    this.#names.set(id, serverName)
    this.#stop ??= this.#listen()
  }

  #listen(): () => void {
    const off = live.on('operation.changed', ({ operationId, status }) => {
      if (!isOpen({ status })) void this.#look(operationId)
    })
    const timer = setInterval(() => {
      for (const id of this.#names.keys()) void this.#look(id)
    }, ASK_MS)
    return () => {
      off()
      clearInterval(timer)
    }
  }

  async #look(id: string): Promise<void> {
    if (!this.#names.has(id)) return
    const operation = await call(
      api.GET('/api/v1/operations/{operationId}', { params: { path: { operationId: id } } }),
    ).catch(() => null)
    const name = this.#names.get(id)
    if (!operation || name === undefined || isOpen(operation)) return
    this.#names.delete(id)
    if (this.#names.size === 0) {
      this.#stop?.()
      this.#stop = null
    }
    tell(operation, name || operation.serverName)
  }
}

function tell(operation: Operation, name: string): void {
  const action = toPowerAction(operation.action)
  if (!action) return
  const face = powerFaces[action]
  const link = { label: m.servers_activity(), run: () => void goto(`/servers/${operation.serverId}/activity`) }
  if (operation.status === 'succeeded') return toastOk(face.done({ name }), { link })
  if (operation.status === 'unknown') return toastInfo(m.servers_unknown_title({ name }), m.servers_unknown_text())
  const message = operation.errorMessage ?? ''
  toastError(new ApiError({ code: operation.errorCode ?? 'internal', message, status: 0 }), face.failed({ name }))
}

export const outcomes = new Outcomes()
