import { open, paging } from '../envelope.ts'
import { listing } from '../fields.ts'
import type { Spec } from '../operation.ts'
import { group } from './group.ts'

const list = (key: string, ...filters: string[]): Spec => ({
  permission: 'servers:read',
  anyReader: true,
  query: listing(...filters),
  answer: { [key]: open, meta: paging },
})
const get = (key: string): Spec => ({ permission: 'servers:read', anyReader: true, answer: { [key]: open } })

const gone = {
  message: 'the datacenters endpoints were removed, use locations',
  announcement: 'https://docs.hetzner.cloud/changelog#2026-10-01-datacenters-removed',
}

/** What is for sale: the same for every customer. */
export const catalogue = group({
  'GET /locations': list('locations', 'name', 'sort'),
  'GET /locations/{id}': get('location'),
  'GET /server_types': list('server_types', 'name'),
  'GET /server_types/{id}': get('server_type'),
  'GET /load_balancer_types': list('load_balancer_types', 'name'),
  'GET /load_balancer_types/{id}': get('load_balancer_type'),
  'GET /isos': list('isos', 'name', 'architecture', 'include_architecture_wildcard'),
  'GET /isos/{id}': get('iso'),
  'GET /pricing': get('pricing'),
  'GET /datacenters': {
    ...list('datacenters', 'name', 'sort'),
    answer: { datacenters: open, recommendation: open, meta: paging },
    deprecated: true,
    removed: gone,
  },
  'GET /datacenters/{id}': { ...get('datacenter'), deprecated: true, removed: gone },
})
