import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

export interface Running {
  pid: number
  origin: string
}

/** The instance that uses this folder now, or null. A file left by a killed process counts for nothing. */
export async function findRunning(file: string): Promise<Running | null> {
  if (!existsSync(file)) return null
  try {
    const running = JSON.parse(readFileSync(file, 'utf8')) as Running
    process.kill(running.pid, 0)
    await fetch(`${running.origin}/healthz`, { signal: AbortSignal.timeout(2000) })
    return running
  } catch {
    return null
  }
}

export function markRunning(file: string, origin: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify({ pid: process.pid, origin } satisfies Running))
}

export const clearRunning = (file: string): void => rmSync(file, { force: true })
