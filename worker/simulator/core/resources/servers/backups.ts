import { pick } from '../../must.ts'
import { serverTypeByName } from '../../catalogue/server-types.ts'
import { refused } from '../../errors.ts'
import type { Context, Reply } from '../../http.ts'
import { noise } from '../../random.ts'
import { toTimestamp } from '../../time.ts'
import type { ImageRecord, ServerRecord } from '../../types.ts'
import { findImage, toWireImage } from '../images.ts'
import { assertWithinLimit, requireServer } from '../shared.ts'
import { doneAtOnce, setServer, startServerAction } from './start.ts'
import { assertFree } from '../../actions.ts'

const WINDOWS = ['22-02', '02-06', '06-10', '10-14', '14-18', '18-22']

/** Makes a snapshot or a backup; the image is `creating` until the action ends. */
export function createImage(context: Context): Reply {
  const server = requireServer(context)
  const { body, world, now } = context
  const type = body.oneOf('type', ['snapshot', 'backup']) ?? 'snapshot'
  const description = body.string('description') ?? `${server.name} ${toTimestamp(now)}`
  const labels = body.labels() ?? {}
  body.check()
  if (type === 'backup' && server.backupWindow === null) throw refused('service_error', 'backups are not enabled')
  assertFree(server)
  assertWithinLimit(context, 'images', 'snapshot')
  const image = newSnapshot(context, server, {
    type,
    description,
    labels,
    boundTo: type === 'backup' ? server.id : null,
  })
  world.tables.images.put(image)
  const imageSize = Math.round((0.6 + server.diskSize * (0.05 + 0.3 * noise(server.id, 'disk'))) * 100) / 100
  return startServerAction(
    context,
    server,
    {
      command: 'create_image',
      seconds: 8,
      resources: [
        { id: server.id, type: 'server' },
        { id: image.id, type: 'image' },
      ],
      effects: [
        {
          seconds: 8,
          effect: { type: 'set', kind: 'images', entity: image.id, values: { status: 'available', imageSize } },
        },
      ],
      onError: [{ type: 'delete', kind: 'images', entity: image.id }],
    },
    { image: toWireImage(image) },
  )
}

export function enableBackup(context: Context): Reply {
  const server = requireServer(context)
  if (server.backupWindow !== null) return doneAtOnce(context, server, 'enable_backup')
  return startServerAction(context, server, {
    command: 'enable_backup',
    seconds: 1,
    effects: [{ seconds: 1, effect: setServer(server, { backupWindow: pick(WINDOWS, server.id) }) }],
  })
}

/** Deletes all backups of the server at once. */
export function disableBackup(context: Context): Reply {
  const server = requireServer(context)
  const backups = context.world.tables.images.of(context.project.id).filter((image) => image.boundTo === server.id)
  return startServerAction(context, server, {
    command: 'disable_backup',
    seconds: 1,
    effects: [
      { seconds: 1, effect: setServer(server, { backupWindow: null }) },
      ...backups.map(({ id }) => ({ seconds: 1, effect: { type: 'delete', kind: 'images', entity: id } as const })),
    ],
  })
}

function newSnapshot(
  { world, project, now }: Context,
  server: ServerRecord,
  own: Pick<ImageRecord, 'type' | 'description' | 'labels' | 'boundTo'>,
): ImageRecord {
  const base = server.image === null ? undefined : findImage(world, project.id, server.image)
  return {
    id: world.nextId('images'),
    project: project.id,
    ...own,
    status: 'creating',
    name: null,
    imageSize: null,
    diskSize: server.diskSize,
    created: now,
    createdFrom: { id: server.id, name: server.name },
    osFlavor: base?.osFlavor ?? 'unknown',
    osVersion: base?.osVersion ?? null,
    rapidDeploy: false,
    protection: { delete: false },
    deprecation: null,
    architecture: serverTypeByName(server.type).architecture,
  }
}
