import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildWeb, isWebBuilt } from '../../../worker/cli/lib/build-web.ts'
import { buildWorker, isWorkerBuilt } from '../../../worker/cli/lib/build-worker.ts'
import { isMigrated, migrateLocal } from '../../../worker/cli/lib/migrate-local.ts'
import { dist } from '../../../worker/cli/lib/paths.ts'

/** A migrated, empty database: every product under test starts from a copy of it. */
export const emptyState = join(dist, 'empty-state')

/** Builds what is out of date, once, before test processes run side by side that would all want to. */
export default async function setup(): Promise<void> {
  if (!isWebBuilt()) await buildWeb()
  if (!isWorkerBuilt('demo')) await buildWorker('demo')
  if (isMigrated(emptyState)) return
  const making = `${emptyState}-${process.pid}`
  await migrateLocal(making)
  // Another project's tests may have made it in the meantime, and copy it already.
  if (!isMigrated(emptyState)) {
    rmSync(emptyState, { recursive: true, force: true })
    renameSync(making, emptyState)
  }
  rmSync(making, { recursive: true, force: true })
}
