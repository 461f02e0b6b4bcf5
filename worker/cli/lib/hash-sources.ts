import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { root } from './paths.ts'

// Generated folders, and these commands themselves: no build contains them.
const SKIPPED = new Set(['node_modules', '.svelte-kit', 'paraglide', 'build', 'cli'])

/** Every file below the given paths (relative to the repository), sorted, without generated folders. */
export function listFiles(paths: string[]): string[] {
  const files: string[] = []
  const visit = (path: string) => {
    if (!existsSync(path)) return
    if (statSync(path).isFile()) return void files.push(path)
    for (const name of readdirSync(path).toSorted()) if (!SKIPPED.has(name)) visit(join(path, name))
  }
  for (const path of paths) visit(join(root, path))
  return files
}

/** One hash over names and contents: equal hash, equal build. */
export function hashSources(paths: string[]): string {
  const hash = createHash('sha256')
  for (const file of listFiles(paths)) {
    hash.update(relative(root, file).split(sep).join('/')).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}
