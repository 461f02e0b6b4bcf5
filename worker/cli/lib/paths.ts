import { join } from 'node:path'

export const root = join(import.meta.dirname, '..', '..', '..')

/** What is built from sources; safe to delete at any time. */
export const dist = join(root, 'dist')

/** The demo of `npm start`: secrets, database, objects. `npm run reset` empties it. */
export const demo = {
  dir: join(root, '.demo'),
  state: join(root, '.demo', 'state'),
  secrets: join(root, '.demo', 'secrets.json'),
  running: join(root, '.demo', 'running.json'),
  log: join(root, '.demo', 'webnova.log'),
}

export const webBuild = join(root, 'web', 'build')
export const migrationsDir = join(root, 'migrations')
