import type { ToldAction } from '../actions/index.ts'

/** Every action an answer tells of: `action` first, then those that belong to it (`actions`, `next_actions`). */
export function toldActions(result: unknown): ToldAction[] {
  if (typeof result !== 'object' || result === null) return []
  const { action, actions, next_actions: next } = result as Record<string, unknown>
  const list = [action, ...(Array.isArray(actions) ? actions : []), ...(Array.isArray(next) ? next : [])]
  const told = list.flatMap((one: unknown): ToldAction[] => {
    if (typeof one !== 'object' || one === null) return []
    const { id, status, progress } = one as Record<string, unknown>
    if (typeof id !== 'number') return []
    const percent = typeof progress === 'number' ? Math.min(100, Math.max(0, Math.round(progress))) : 0
    return [{ id: String(id), status: typeof status === 'string' ? status : 'running', progress: percent }]
  })
  return told.filter(({ id }, at) => told.findIndex((other) => other.id === id) === at)
}
