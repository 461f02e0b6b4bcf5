import { resourceActionRoutes, startAction, toWireAction } from '../actions.ts'
import { CATALOGUE_IMAGES, catalogueImage } from '../catalogue/images.ts'
import { ApiError, notFound, protectedError } from '../errors.ts'
import { created, noContent, ok, type Context, type Reply } from '../http.ts'
import { listRows, queryValues, wanted } from '../list.ts'
import type { Route } from '../router.ts'
import { toTimestamp } from '../time.ts'
import type { ImageRecord } from '../types.ts'
import type { World } from '../world.ts'
import { NAMED_SORT } from './shared.ts'

/** Images: system and app images of the catalogue, snapshots and backups of the project. */
export function imageRoutes(): Route[] {
  return [
    { method: 'GET', path: '/images', handler: listImages },
    { method: 'GET', path: '/images/{id}', handler: (context) => ok({ image: toWireImage(requireImage(context)) }) },
    { method: 'PUT', path: '/images/{id}', handler: updateImage },
    { method: 'DELETE', path: '/images/{id}', handler: deleteImage },
    { method: 'POST', path: '/images/{id}/actions/change_protection', handler: changeProtection },
    ...resourceActionRoutes('images', 'image', (context) => void requireImage(context)),
  ]
}

/** An image that the project may use, by id. */
export function findImage(world: World, project: number, id: number): ImageRecord | undefined {
  return world.tables.images.find(project, id) ?? catalogueImage(id)
}

export function toWireImage(image: ImageRecord): Record<string, unknown> {
  const deprecation = image.deprecation && {
    announced: toTimestamp(image.deprecation.announced),
    unavailable_after: toTimestamp(image.deprecation.unavailableAfter),
  }
  return {
    id: image.id,
    type: image.type,
    status: image.status,
    name: image.name,
    description: image.description,
    image_size: image.imageSize,
    disk_size: image.diskSize,
    created: toTimestamp(image.created),
    created_from: image.createdFrom,
    bound_to: image.boundTo,
    os_flavor: image.osFlavor,
    os_version: image.osVersion,
    rapid_deploy: image.rapidDeploy,
    protection: image.protection,
    deprecated: deprecation?.announced ?? null,
    deprecation,
    deleted: null,
    labels: image.labels,
    architecture: image.architecture,
  }
}

function listImages(context: Context): Reply {
  const { world, project, query } = context
  const types = queryValues(query, 'type')
  const statuses = queryValues(query, 'status')
  const bound = queryValues(query, 'bound_to')
  const architectures = queryValues(query, 'architecture')
  const withDeprecated = query.get('include_deprecated') === 'true'
  return listRows(context, [...CATALOGUE_IMAGES, ...world.tables.images.of(project.id)], {
    key: 'images',
    sort: { ...NAMED_SORT, name: (image) => image.name },
    toWire: toWireImage,
    name: (image) => image.name,
    labels: (image) => image.labels,
    filter: (image) =>
      wanted(types, image.type) &&
      wanted(statuses, image.status) &&
      wanted(bound, image.boundTo === null ? null : String(image.boundTo)) &&
      wanted(architectures, image.architecture) &&
      (withDeprecated || image.deprecation === null),
  })
}

function updateImage(context: Context): Reply {
  const image = requireOwnImage(context)
  const description = context.body.string('description')
  const labels = context.body.labels()
  const type = context.body.oneOf('type', ['snapshot'])
  context.body.check()
  if (description !== undefined) image.description = description
  if (labels) image.labels = labels
  if (type) Object.assign(image, { type, boundTo: null })
  context.world.tables.images.put(image)
  return ok({ image: toWireImage(image) })
}

function deleteImage(context: Context): Reply {
  const image = requireOwnImage(context)
  if (image.protection.delete) throw protectedError(`${image.type} deletion is protected`)
  context.world.tables.images.delete(image.id)
  return noContent()
}

function changeProtection(context: Context): Reply {
  const image = requireOwnImage(context)
  if (image.type !== 'snapshot') throw new ApiError(422, 'service_error', 'only snapshots can be protected')
  const value = context.body.boolean('delete')
  context.body.check()
  if (value !== undefined) image.protection = { delete: value }
  context.world.tables.images.put(image)
  const action = startAction(context, {
    command: 'change_protection',
    seconds: 0,
    resources: [{ id: image.id, type: 'image' }],
  })
  return created({ action: toWireAction(action, context.now) })
}

function requireImage(context: Context): ImageRecord {
  const id = Number(context.params.id)
  const image = findImage(context.world, context.project.id, id)
  if (!image) throw notFound('image', id)
  return image
}

/** System and app images belong to the provider: no change. */
function requireOwnImage(context: Context): ImageRecord {
  const image = requireImage(context)
  if (image.project === 0) throw new ApiError(403, 'forbidden', `${image.type} images cannot be changed`)
  return image
}
