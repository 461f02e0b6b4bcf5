import { buildWeb, isWebBuilt } from './build-web.ts'
import { buildWorker, isWorkerBuilt } from './build-worker.ts'
import { isMigrated, migrateLocal } from './migrate-local.ts'
import { step } from './say.ts'

type Step = <T>(label: string, work: () => Promise<T>) => Promise<T>

/**
 * Builds what is out of date and brings the database of `state` up to date. Nothing to do costs a few milliseconds.
 * @throws ToolFailed with what the tool printed
 */
export async function prepare(state: string, announce: Step = step): Promise<void> {
  if (!isWebBuilt()) await announce('Building the dashboard', buildWeb)
  if (!isWorkerBuilt('demo')) await announce('Bundling the Worker', () => buildWorker('demo'))
  if (!isMigrated(state)) await announce('Bringing the database up to date', () => migrateLocal(state))
}
