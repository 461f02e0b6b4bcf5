import type { LiveEvent } from '../../../worker/kernel/live.ts'

/** A socket as a dashboard has it: what it was told, and how it ended. */
export function listen(response: Response) {
  const socket = response.webSocket
  if (!socket) throw new Error(`no socket: ${response.status}`)
  const texts: string[] = []
  const waiting: (() => void)[] = []
  const wake = () => {
    for (const resume of waiting.splice(0)) resume()
  }
  const ended = new Promise<number>((resolve) => socket.addEventListener('close', (event) => resolve(event.code)))
  socket.addEventListener('message', (event) => {
    texts.push(String(event.data))
    wake()
  })
  socket.accept()
  return {
    socket,
    ended,
    events: (): LiveEvent[] => texts.filter((text) => text.startsWith('{')).map((text) => JSON.parse(text)),
    /** Resolves once `count` messages have arrived. */
    async received(count: number): Promise<string[]> {
      while (texts.length < count) await new Promise<void>((resume) => waiting.push(resume))
      return texts
    },
  }
}
