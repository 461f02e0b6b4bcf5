import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Running {
  pid: number
  origin: string
  /** The runtime's processes: they outlive a program that is killed hard. */
  runtime: number[]
}

/** Every workerd with its parent. Empty where there is no `ps` (Windows). */
function listRuntimes(): { pid: number; parent: number }[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
  return (stdout ?? '').split('\n').flatMap((line) => {
    const [pid, parent, command = ''] = line.trim().split(/\s+/)
    return command.endsWith('workerd') ? [{ pid: Number(pid), parent: Number(parent) }] : []
  })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function read(file: string): Running | null {
  try {
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Running) : null
  } catch {
    return null
  }
}

/** The instance that uses this folder now, or null. A file left by a killed process counts for nothing. */
export async function findRunning(file: string): Promise<Running | null> {
  const running = read(file)
  if (!running || !isAlive(running.pid)) return null
  try {
    await fetch(`${running.origin}/healthz`, { signal: AbortSignal.timeout(2000) })
    return running
  } catch {
    return null
  }
}

/**
 * Ends the runtime that a hard-killed program left behind, or two of them would write to the same data. Its address is
 * free when this resolves.
 */
export async function endOrphans(file: string): Promise<void> {
  const left = read(file)
  if (!left || isAlive(left.pid)) return
  const orphans = () => listRuntimes().filter(({ pid }) => left.runtime?.includes(pid))
  for (const { pid } of orphans()) process.kill(pid, 'SIGKILL')
  // A process that is being killed holds its port until the system has taken it apart.
  for (let tries = 0; tries < 100 && orphans().length > 0; tries++) await sleep(50)
  clearRunning(file)
}

export function markRunning(file: string, origin: string): void {
  mkdirSync(dirname(file), { recursive: true })
  const runtime = listRuntimes().flatMap(({ pid, parent }) => (parent === process.pid ? [pid] : []))
  writeFileSync(file, JSON.stringify({ pid: process.pid, origin, runtime } satisfies Running))
}

export const clearRunning = (file: string): void => rmSync(file, { force: true })
