import { readdirSync, readFileSync } from 'node:fs'

const ticksPerSecond = 100

/** The workerd that this process started, found among its descendants. */
export function findWorkerd(): number {
  const children = new Map<number, { pid: number; name: string }[]>()
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8')
      const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'))
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
      children.set(parent, [...(children.get(parent) ?? []), { pid: Number(entry), name }])
    } catch {
      // It ended while we were looking.
    }
  }
  const queue = [process.pid]
  for (let pid = queue.shift(); pid !== undefined; pid = queue.shift()) {
    for (const child of children.get(pid) ?? []) {
      if (child.name.includes('workerd')) return child.pid
      queue.push(child.pid)
    }
  }
  throw new Error('no workerd below this process')
}

/** User and system time of a process so far, in ms. */
export function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1_000
}
