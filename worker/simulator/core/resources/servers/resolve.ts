import { catalogueImageByName } from '../../catalogue/images.ts'
import { findServerType, type ServerType } from '../../catalogue/server-types.ts'
import { findLocation } from '../../catalogue/locations.ts'
import { invalidField, resourceUnavailable } from '../../errors.ts'
import { isSoldOut } from '../../faults.ts'
import type { Context } from '../../http.ts'
import type { ImageRecord } from '../../types.ts'
import type { World } from '../../world.ts'
import { findImage } from '../images.ts'

/** The image that a body names by id or name, fit for the architecture and the disk; else 422. */
export function resolveImage(
  context: Context,
  reference: string,
  architecture: 'x86' | 'arm',
  disk: number,
): ImageRecord {
  const { world, project, now } = context
  const image = /^\d+$/.test(reference)
    ? findImage(world, project.id, Number(reference))
    : catalogueImageByName(reference, architecture)
  if (!image) throw invalidField('image', `image ${reference} not found`)
  if (image.status !== 'available') throw invalidField('image', 'image is not available')
  if (image.deprecation && image.deprecation.unavailableAfter <= now)
    throw invalidField('image', 'image is no longer available')
  if (image.architecture !== architecture)
    throw invalidField('image', 'image has another architecture than the server type')
  if (image.diskSize > disk) throw invalidField('image', 'image disk is bigger than the disk of the server')
  return image
}

/** The type that a body names and a location where it can be placed; 422 if it does not exist, 412 if it is sold out. */
export function resolvePlacement(
  context: Context,
  typeReference: string,
  place?: string,
): { type: ServerType; location: string } {
  const type = findServerType(typeReference)
  if (!type || type.retired) throw invalidField('server_type', `server type ${typeReference} not found`)
  if (place === undefined) {
    const free = Object.keys(type.prices).find((location) => isAvailable(context.world, type, location))
    if (!free) throw resourceUnavailable('error during placement')
    return { type, location: free }
  }
  const location = findLocation(place)
  if (!location) throw invalidField('location', `location ${place} not found`)
  if (!(location.name in type.prices)) throw invalidField('server_type', 'unsupported location for server type')
  if (!isAvailable(context.world, type, location.name)) throw resourceUnavailable('error during placement')
  return { type, location: location.name }
}

function isAvailable(world: World, type: ServerType, location: string): boolean {
  return !type.soldOut.includes(location) && !isSoldOut(world, type.name, location)
}
